# lede.m4 - the checks of configure.ac, one macro each.

# LEDE_C11: the compiler understands C11 (anonymous unions, _Static_assert).
AC_DEFUN([LEDE_C11], [
AC_CACHE_CHECK([whether $CC understands C11], [lede_cv_c11], [
	lede_save_CFLAGS=$CFLAGS
	CFLAGS="$CFLAGS -std=c11"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM(
		[[_Static_assert(sizeof(char) == 1, "C11");
		  struct pair { union { int i; float f; }; };]],
		[[struct pair p = { .i = 1 }; return p.i - 1;]])],
		[lede_cv_c11=yes], [lede_cv_c11=no])
	CFLAGS=$lede_save_CFLAGS])
AS_IF([test "$lede_cv_c11" = no], [AC_MSG_ERROR([lede needs a compiler for C11 that knows -std=c11 (gcc 5, clang 3.5 or newer)])])
])

AC_DEFUN([LEDE_ARG_HARDENING], [
AC_ARG_ENABLE([hardening], [AS_HELP_STRING([--disable-hardening],
	[no stack protector, PIE, RELRO and fortified libc calls])],
	[], [enable_hardening=yes])
])

AC_DEFUN([LEDE_ARG_WERROR], [
AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror],
	[a compiler warning is an error (for CI)])],
	[], [enable_werror=no])
])

AC_DEFUN([LEDE_ARG_SANITIZE], [
AC_ARG_ENABLE([sanitize], [AS_HELP_STRING([--enable-sanitize=LIST],
	[build with sanitizers: address,undefined (the default list) or thread])],
	[], [enable_sanitize=no])
AS_CASE([$enable_sanitize], [yes], [enable_sanitize=address,undefined])
])

AC_DEFUN([LEDE_ARG_FUZZ], [
AC_ARG_ENABLE([fuzz], [AS_HELP_STRING([--enable-fuzz],
	[build the fuzz targets with libFuzzer (needs clang)])],
	[], [enable_fuzz=no])
AM_CONDITIONAL([ENABLE_FUZZ], [test "$enable_fuzz" != no])
])

# LEDE_HINT(WHAT): adds to $lede_missing which package brings WHAT; the names are in m4/packages.
AC_DEFUN([LEDE_HINT], [
lede_missing="$lede_missing
$($AWK -v what="$1" '
	function name(field) {
		gsub(/,/, " ", field)
		gsub(/\|/, " or ", field)
		return field == "-" ? "(comes with the system)" : field
	}
	[$]1 == what {
		printf "  %s: Debian %s; Fedora %s; Arch %s; Alpine %s; Homebrew %s", what, \
			name([$]3), name([$]4), name([$]5), name([$]6), name([$]7)
	}' "$srcdir/m4/packages")"
])

AC_DEFUN([LEDE_PKG_CONFIG], [
AC_REQUIRE([AC_PROG_AWK])
m4_ifndef([PKG_PROG_PKG_CONFIG], [m4_fatal([pkg.m4 is missing: install pkg-config (pkgconf)])])
lede_missing=
PKG_PROG_PKG_CONFIG([0.23])
AS_IF([test -z "$PKG_CONFIG"], [
	LEDE_HINT([pkg-config])
	AC_MSG_ERROR([pkg-config is missing; the package to install:$lede_missing])])
])

# LEDE_LIB(VARIABLE, WHAT, PKG-CONFIG-MODULE): a library without which there is no lede. What is
# missing is collected, so that one run of configure names all of it.
AC_DEFUN([LEDE_LIB], [
PKG_CHECK_MODULES([$1], [$3], [LEDE_CPPFLAGS="$LEDE_CPPFLAGS $$1_CFLAGS"
	LEDE_LIBS="$$1_LIBS $LEDE_LIBS"], [LEDE_HINT([$2])])
])

AC_DEFUN([LEDE_LIB_OPTIONAL], [
PKG_CHECK_MODULES([$1], [$3], [lede_have_$1=yes], [lede_have_$1=no])
])

AC_DEFUN([LEDE_MATH], [
AC_SEARCH_LIBS([pow], [m], [], [AC_MSG_ERROR([no mathematics library (pow)])])
])

AC_DEFUN([LEDE_PTHREAD], [
AC_SEARCH_LIBS([pthread_create], [pthread], [],
	[AC_MSG_ERROR([the C library has no POSIX threads (pthread_create)])])
])

# LEDE_ICONV: in the C library, or beside it (macOS, BSD).
AC_DEFUN([LEDE_ICONV], [
AC_CACHE_CHECK([for iconv], [lede_cv_iconv], [
	lede_save_LIBS=$LIBS
	lede_cv_iconv=no
	for lede_try in "" "-liconv"; do
		LIBS="$lede_try $lede_save_LIBS"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <iconv.h>]],
			[[return iconv_open("UTF-8", "GB18030") == (iconv_t)-1;]])],
			[lede_cv_iconv=${lede_try:-libc}; break])
	done
	LIBS=$lede_save_LIBS])
AS_CASE([$lede_cv_iconv],
	[no], [AC_MSG_ERROR([the C library has no iconv; install GNU libiconv])],
	[libc], [],
	[LEDE_LIBS="$LEDE_LIBS $lede_cv_iconv"])
])

# LEDE_NLS: the screen in other languages. Needs gettext in the C library, or libintl beside it (musl,
# macOS, BSD), and msgfmt, which makes the catalogues; without either lede is English.
AC_DEFUN([LEDE_NLS], [
AC_ARG_ENABLE([nls], [AS_HELP_STRING([--disable-nls], [the screen in English only])],
	[], [enable_nls=yes])
lede_have_nls="English only (--disable-nls)"
AC_PATH_PROG([MSGFMT], [msgfmt], [no])
AS_IF([test "$enable_nls" != no], [
	AC_CACHE_CHECK([for gettext], [lede_cv_gettext], [
		lede_save_LIBS=$LIBS
		lede_cv_gettext=no
		for lede_try in "" "-lintl" "-lintl -liconv"; do
			LIBS="$lede_try $lede_save_LIBS"
			AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <libintl.h>]],
				[[bind_textdomain_codeset("", "");
				  return *ngettext("", gettext(""), 1);]])],
				[lede_cv_gettext=${lede_try:-libc}; break])
		done
		LIBS=$lede_save_LIBS])
	AS_IF([test "$MSGFMT" = no || test "$lede_cv_gettext" = no], [
		enable_nls=no
		lede_have_nls="English only (gettext is missing)"
	], [
		lede_have_nls="English, zh_CN, zh_TW, ja"
		AS_IF([test "$lede_cv_gettext" != libc], [LEDE_LIBS="$LEDE_LIBS $lede_cv_gettext"])
		LEDE_CPPFLAGS="$LEDE_CPPFLAGS -DENABLE_NLS -DLOCALEDIR='\"\$(localedir)\"'"])])
AM_CONDITIONAL([ENABLE_NLS], [test "$enable_nls" != no])
])

# LEDE_OPENCC: converts Chinese scripts. It is loaded when a text needs it, so a build does not need
# it; whether it is here now is only told.
AC_DEFUN([LEDE_OPENCC], [
AC_ARG_WITH([opencc], [AS_HELP_STRING([--without-opencc],
	[do not use OpenCC, even where it is installed, to show text in the other Chinese script])],
	[], [with_opencc=yes])
lede_have_opencc="no (--without-opencc)"
AS_IF([test "$with_opencc" != no], [
	AC_SEARCH_LIBS([dlopen], [dl], [], [AC_MSG_ERROR([the C library has no dlopen])])
	AC_DEFINE([USE_OPENCC], [1], [Define to 1 if OpenCC may be loaded.])
	PKG_CHECK_EXISTS([opencc], [lede_have_opencc=yes],
		[lede_have_opencc="when OpenCC is installed"])])
])

AC_DEFUN([LEDE_LIBS_FOUND], [
AS_IF([test -n "$lede_missing"], [
	AC_MSG_ERROR([libraries are missing or too old; install these packages (or run ./bootstrap build):$lede_missing])])
AC_SUBST([LEDE_CPPFLAGS])
AC_SUBST([LEDE_LIBS])
])

# LEDE_WITH_LIBS(BODY): runs BODY with the flags of lede's libraries in force.
AC_DEFUN([LEDE_WITH_LIBS], [
lede_save_CPPFLAGS=$CPPFLAGS
lede_save_LIBS=$LIBS
CPPFLAGS="$CPPFLAGS $LEDE_CPPFLAGS"
LIBS="$LEDE_LIBS $LIBS"
$1
CPPFLAGS=$lede_save_CPPFLAGS
LIBS=$lede_save_LIBS
])

AC_DEFUN([LEDE_CURSES_WIDE], [
AC_CACHE_CHECK([whether ncurses has the wide-character functions], [lede_cv_curses_wide], [
	LEDE_WITH_LIBS([AC_LINK_IFELSE([AC_LANG_PROGRAM(
		[[#include <wchar.h>
		  #include <curses.h>]],
		[[cchar_t c; wint_t key;
		  setcchar(&c, L"x", A_NORMAL, 0, NULL);
		  return add_wch(&c) + get_wch(&key);]])],
		[lede_cv_curses_wide=yes], [lede_cv_curses_wide=no])])])
AS_IF([test "$lede_cv_curses_wide" = no], [
	LEDE_HINT([ncursesw])
	AC_MSG_ERROR([ncurses lacks the wide-character functions; the package that has them:$lede_missing])])
])

# LEDE_SQLITE_FTS5: SQLite was built with full-text search. When cross compiling we believe it.
AC_DEFUN([LEDE_SQLITE_FTS5], [
AC_CACHE_CHECK([whether SQLite has full-text search (FTS5)], [lede_cv_sqlite_fts5], [
	LEDE_WITH_LIBS([AC_RUN_IFELSE([AC_LANG_PROGRAM([[#include <sqlite3.h>]],
		[[sqlite3 *db;
		  if (sqlite3_open(":memory:", &db) != SQLITE_OK)
			return 1;
		  return sqlite3_exec(db, "create virtual table t using fts5(x)", 0, 0, 0) != SQLITE_OK;]])],
		[lede_cv_sqlite_fts5=yes], [lede_cv_sqlite_fts5=no], [lede_cv_sqlite_fts5="assumed"])])])
AS_IF([test "$lede_cv_sqlite_fts5" = no], [
	LEDE_HINT([sqlite3])
	AC_MSG_ERROR([this SQLite was built without FTS5; the package that has it:$lede_missing])])
])

# LEDE_TRY_CFLAG(VARIABLE, FLAG): adds FLAG when the compiler takes it without a word.
AC_DEFUN([LEDE_TRY_CFLAG], [
AS_VAR_PUSHDEF([lede_cache], [lede_cv_cflag_$2])
AC_CACHE_CHECK([whether $CC takes $2], [lede_cache], [
	lede_save_CFLAGS=$CFLAGS
	CFLAGS="$CFLAGS -Werror $2"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
		[AS_VAR_SET([lede_cache], [yes])], [AS_VAR_SET([lede_cache], [no])])
	CFLAGS=$lede_save_CFLAGS])
AS_VAR_IF([lede_cache], [yes], [$1="$$1 $2"])
AS_VAR_POPDEF([lede_cache])
])

# LEDE_TRY_LDFLAG(VARIABLE, FLAGS): adds FLAGS when the linker takes them.
AC_DEFUN([LEDE_TRY_LDFLAG], [
AS_VAR_PUSHDEF([lede_cache], [lede_cv_ldflag_$2])
AC_CACHE_CHECK([whether the linker takes $2], [lede_cache], [
	lede_save_CFLAGS=$CFLAGS
	lede_save_LDFLAGS=$LDFLAGS
	CFLAGS="$CFLAGS $HARDEN_CFLAGS"
	LDFLAGS="$LDFLAGS -Werror $2"
	AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
		[AS_VAR_SET([lede_cache], [yes])], [AS_VAR_SET([lede_cache], [no])])
	CFLAGS=$lede_save_CFLAGS
	LDFLAGS=$lede_save_LDFLAGS])
AS_VAR_IF([lede_cache], [yes], [$1="$$1 $2"])
AS_VAR_POPDEF([lede_cache])
])

# LEDE_FORTIFY: glibc's checked calls need an optimising compiler and do not mix with sanitizers.
AC_DEFUN([LEDE_FORTIFY], [
AC_CACHE_CHECK([whether $CC optimises with $CFLAGS], [lede_cv_optimises], [
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
		#ifndef __OPTIMIZE__
		#error not optimising
		#endif]], [])], [lede_cv_optimises=yes], [lede_cv_optimises=no])])
AS_IF([test "$lede_cv_optimises" = yes && test "$enable_sanitize" = no],
	[HARDEN_CFLAGS="$HARDEN_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"])
])

AC_DEFUN([LEDE_HARDEN], [
LEDE_TRY_CFLAG([HARDEN_CFLAGS], [-fstack-protector-strong])
LEDE_TRY_CFLAG([HARDEN_CFLAGS], [-fstack-clash-protection])
LEDE_TRY_CFLAG([HARDEN_CFLAGS], [-fPIE])
LEDE_TRY_LDFLAG([HARDEN_LDFLAGS], [-pie])
LEDE_TRY_LDFLAG([HARDEN_LDFLAGS], [-Wl,-z,relro])
LEDE_TRY_LDFLAG([HARDEN_LDFLAGS], [-Wl,-z,now])
LEDE_FORTIFY
])

AC_DEFUN([LEDE_WARNINGS], [
m4_foreach_w([lede_flag], [-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes
	-Wwrite-strings -Wvla -Wpointer-arith -Wformat=2 -Wimplicit-fallthrough],
	[LEDE_TRY_CFLAG([WARN_CFLAGS], lede_flag)])
AS_IF([test "$enable_werror" != no], [WARN_CFLAGS="$WARN_CFLAGS -Werror"])
])

AC_DEFUN([LEDE_SANITIZE], [
AS_IF([test "$enable_sanitize" != no], [
	SANITIZE_FLAGS="-fsanitize=$enable_sanitize -fno-omit-frame-pointer"
	AS_CASE([$enable_sanitize], [*undefined*],
		[SANITIZE_FLAGS="$SANITIZE_FLAGS -fno-sanitize-recover=undefined"])])
AS_IF([test "$enable_fuzz" != no], [
	SANITIZE_FLAGS="$SANITIZE_FLAGS -fsanitize=fuzzer-no-link"
	FUZZ_LDFLAGS="-fsanitize=fuzzer"])
AS_IF([test -n "$SANITIZE_FLAGS"], [
	lede_save_CFLAGS=$CFLAGS
	CFLAGS="$CFLAGS $SANITIZE_FLAGS"
	AC_MSG_CHECKING([whether $CC links with $SANITIZE_FLAGS])
	AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AC_MSG_RESULT([yes])], [
		AC_MSG_RESULT([no])
		LEDE_HINT([sanitizers])
		AC_MSG_ERROR([$CC cannot link with $SANITIZE_FLAGS; the run time comes with:$lede_missing])])
	CFLAGS=$lede_save_CFLAGS])
])

AC_DEFUN([LEDE_FLAGS], [
LEDE_WARNINGS
AS_IF([test "$enable_hardening" != no], [LEDE_HARDEN])
LEDE_SANITIZE
AC_SUBST([WARN_CFLAGS])
AC_SUBST([HARDEN_CFLAGS])
AC_SUBST([HARDEN_LDFLAGS])
AC_SUBST([SANITIZE_FLAGS])
AC_SUBST([FUZZ_LDFLAGS])
])
