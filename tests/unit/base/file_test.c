#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "lede/base/clock.h"
#include "lede/base/file.h"

/* Every test stands in a new folder of its own. */
struct place { char path[64]; int home; };

static int enter(void **state)
{
	struct place *p = malloc(sizeof *p);

	snprintf(p->path, sizeof p->path, "/tmp/lede-file-XXXXXX");
	p->home = open(".", O_RDONLY | O_DIRECTORY);
	*state = p;
	umask(022);
	return mkdtemp(p->path) && chdir(p->path) == 0 ? 0 : -1;
}

static void empty_folder(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *at;
	char name[600];

	while (d && (at = readdir(d))) {
		if (strcmp(at->d_name, ".") == 0 || strcmp(at->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof name, "%s/%s", path, at->d_name);
		if (unlink(name) != 0) {
			chmod(name, 0700);
			empty_folder(name);
			rmdir(name);
		}
	}
	if (d)
		closedir(d);
}

static int leave(void **state)
{
	struct place *p = *state;
	int rc = fchdir(p->home);

	empty_folder(p->path);
	rmdir(p->path);
	close(p->home);
	free(p);
	return rc;
}

static void write_file(const char *path, struct str content)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(content.p, 1, content.n, f), content.n);
	assert_int_equal(fclose(f), 0);
}

static void assert_content(const char *path, struct str want)
{
	struct buf b = buf_limited(1 << 20);
	struct error e;

	assert_int_equal(file_read(path, &b, &e), ERR_NONE);
	assert_int_equal(b.n, want.n);
	assert_memory_equal(buf_cstr(&b), want.p, want.n);
	buf_free(&b);
}

static int files_here(void)
{
	DIR *d = opendir(".");
	struct dirent *at;
	int n = 0;

	while ((at = readdir(d)))
		n += at->d_name[0] != '.';
	closedir(d);
	return n;
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

/* ---- reading ---- */

static void a_file_is_added_to_what_was_there(void **state)
{
	struct buf b = buf_limited(100);
	struct error e;

	(void)state;
	write_file("a", STR("one\0two"));
	assert_int_equal(buf_add(&b, STR("<")), ERR_NONE);
	assert_int_equal(file_read("a", &b, &e), ERR_NONE);
	assert_int_equal(b.n, 8);
	assert_memory_equal(b.p, "<one\0two", 9);
	buf_free(&b);
}

static void an_empty_file_is_read_as_nothing(void **state)
{
	(void)state;
	write_file("a", STR(""));
	assert_content("a", STR(""));
}

static void a_file_of_exactly_the_ceiling_fits(void **state)
{
	struct buf b = buf_limited(4);
	struct error e;

	(void)state;
	write_file("a", STR("four"));
	assert_int_equal(file_read("a", &b, &e), ERR_NONE);
	assert_string_equal(buf_cstr(&b), "four");
	buf_free(&b);
}

static void a_file_past_the_ceiling_adds_nothing(void **state)
{
	static char big[50000];
	struct buf b = buf_limited(40000);
	struct error e;

	(void)state;
	memset(big, 'x', sizeof big);
	write_file("big", (struct str){ big, sizeof big });
	assert_int_equal(buf_add(&b, STR("kept")), ERR_NONE);
	assert_int_equal(file_read("big", &b, &e), ERR_LIMIT);
	assert_string_equal(e.text, "big is larger than 40000 bytes");
	assert_string_equal(buf_cstr(&b), "kept");
	buf_free(&b);
}

static void a_missing_file_is_no_such_thing(void **state)
{
	struct buf b = buf_limited(4);
	struct error e;

	(void)state;
	assert_int_equal(file_read("none", &b, &e), ERR_NONESUCH);
	assert_string_equal(e.text, "cannot open none: No such file or directory");
	assert_int_equal(file_read("no/such", &b, &e), ERR_NONESUCH);
	write_file("a", STR(""));
	assert_int_equal(file_read("a/b", &b, &e), ERR_IO);
	assert_int_equal(file_read("none", &b, NULL), ERR_NONESUCH);
}

static void folders_devices_and_pipes_are_refused(void **state)
{
	static const char *const odd[] = { "folder", "pipe", "/dev/null" };
	struct buf b = buf_limited(4);

	(void)state;
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		char sentence[100];
		struct error e;

		snprintf(sentence, sizeof sentence, "cannot read %s: not a file", odd[i]);
		assert_int_equal(file_read(odd[i], &b, &e), ERR_IO);
		assert_string_equal(e.text, sentence);
	}
}

/* ---- replacing ---- */

static void a_new_file_gets_the_mode_asked_for(void **state)
{
	struct error e;

	(void)state;
	umask(077);
	assert_int_equal(file_replace("a", STR("x\0y"), 0644, &e), ERR_NONE);
	assert_content("a", STR("x\0y"));
	assert_int_equal(mode_of("a"), 0644);
	assert_int_equal(file_replace("b", STR(""), 0600, &e), ERR_NONE);
	assert_int_equal(mode_of("b"), 0600);
	assert_int_equal(files_here(), 2);
}

static void a_replaced_file_keeps_its_mode(void **state)
{
	struct error e;

	(void)state;
	write_file("a", STR("a longer text than the new one"));
	assert_int_equal(chmod("a", 0640), 0);
	assert_int_equal(file_replace("a", STR("new"), 0600, &e), ERR_NONE);
	assert_content("a", STR("new"));
	assert_int_equal(mode_of("a"), 0640);
	assert_int_equal(files_here(), 1);
}

static void a_replaced_file_keeps_its_owner(void **state)
{
	struct error e;
	struct stat st;

	(void)state;
	if (geteuid() != 0) {
		print_message("only root can give files away: skipped\n");
		skip();
	}
	write_file("a", STR("old"));
	assert_int_equal(chown("a", 1234, 2345), 0);
	assert_int_equal(chmod("a", 0660), 0);
	assert_int_equal(file_replace("a", STR("new"), 0600, &e), ERR_NONE);
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_uid, 1234);
	assert_int_equal(st.st_gid, 2345);
	assert_int_equal(st.st_mode & 07777, 0660);
}

static void what_cannot_be_given_back_is_readable_by_nobody_new(void **state)
{
	struct stat st;
	int status;
	pid_t child;

	(void)state;
	if (geteuid() != 0) {
		print_message("only root can prepare this: skipped\n");
		skip();
	}
	write_file("a", STR("old"));
	assert_int_equal(chown("a", 1234, 2345), 0);
	assert_int_equal(chmod("a", 0664), 0);
	assert_int_equal(chmod(".", 0777), 0);
	child = fork();
	if (child == 0) {
		/* In no group that could have the file. */
		bool ok = setgid(77) == 0 && setuid(1234) == 0 &&
			  file_replace("a", STR("new"), 0600, NULL) == ERR_NONE;

		_exit(ok ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_uid, 1234);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void a_link_still_names_the_file_that_was_replaced(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(mkdir("dotfiles", 0700), 0);
	assert_int_equal(mkdir("config", 0700), 0);
	write_file("dotfiles/real", STR("old"));
	assert_int_equal(chmod("dotfiles/real", 0604), 0);
	assert_int_equal(symlink("real", "dotfiles/second"), 0);
	assert_int_equal(symlink("../dotfiles/second", "config/first"), 0);
	assert_int_equal(file_replace("config/first", STR("new"), 0600, &e), ERR_NONE);
	assert_content("dotfiles/real", STR("new"));
	assert_int_equal(mode_of("dotfiles/real"), 0604);
	assert_int_equal(mode_of("config/first"), 0777);
	assert_content("config/first", STR("new"));
}

static void an_absolute_link_is_followed(void **state)
{
	struct place *p = *state;
	char target[100];
	struct error e;

	write_file("real", STR("old"));
	snprintf(target, sizeof target, "%s/real", p->path);
	assert_int_equal(mkdir("sub", 0700), 0);
	assert_int_equal(symlink(target, "sub/link"), 0);
	assert_int_equal(file_replace("sub/link", STR("new"), 0600, &e), ERR_NONE);
	assert_content("real", STR("new"));
}

static void a_link_to_a_file_that_is_not_there_makes_it(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(symlink("real", "link"), 0);
	assert_int_equal(file_replace("link", STR("new"), 0640, &e), ERR_NONE);
	assert_content("real", STR("new"));
	assert_int_equal(mode_of("real"), 0640);
	assert_int_equal(files_here(), 2);
}

static void links_in_a_circle_are_refused(void **state)
{
	char target[10];
	struct error e;

	(void)state;
	assert_int_equal(symlink("b", "a"), 0);
	assert_int_equal(symlink("a", "b"), 0);
	assert_int_equal(file_replace("a", STR("new"), 0600, &e), ERR_IO);
	assert_string_equal(e.text, "cannot replace a: Too many levels of symbolic links");
	assert_int_equal(readlink("a", target, sizeof target), 1);
	assert_int_equal(files_here(), 2);
}

static void what_is_no_file_is_not_replaced(void **state)
{
	struct error e;
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(file_replace("folder", STR("new"), 0600, &e), ERR_IO);
	assert_string_equal(e.text, "cannot replace folder: not a file");
	assert_int_equal(file_replace("pipe", STR("new"), 0600, &e), ERR_IO);
	assert_int_equal(stat("pipe", &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(files_here(), 2);
}

static void a_folder_that_is_missing_or_no_folder_is_an_error(void **state)
{
	struct error e;

	(void)state;
	write_file("file", STR("kept"));
	assert_int_equal(file_replace("none/a", STR("x"), 0600, &e), ERR_IO);
	assert_string_equal(e.text, "cannot write beside none/a: No such file or directory");
	assert_int_equal(file_replace("file/a", STR("x"), 0600, &e), ERR_IO);
	assert_string_equal(e.text, "cannot write beside file/a: Not a directory");
	assert_content("file", STR("kept"));
	assert_int_equal(files_here(), 1);
}

static void in_a_folder_that_cannot_be_written_the_file_stays(void **state)
{
	struct error e;

	(void)state;
	if (geteuid() == 0) {
		print_message("root writes everywhere: skipped\n");
		skip();
	}
	assert_int_equal(mkdir("ro", 0700), 0);
	write_file("ro/a", STR("old"));
	assert_int_equal(chmod("ro", 0500), 0);
	assert_int_equal(file_replace("ro/a", STR("new"), 0600, &e), ERR_IO);
	assert_content("ro/a", STR("old"));
}

/* A limit on the size of files stops the writing half-way, as a full disk does. */
static void a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(void **state)
{
	static char big[100000];
	int status;
	pid_t child;

	(void)state;
	write_file("a", STR("old"));
	child = fork();
	if (child == 0) {
		const struct rlimit small = { 50000, 50000 };
		struct error e = { ERR_NONE, "" };

		signal(SIGXFSZ, SIG_IGN);     /* so that write says EFBIG */
		setrlimit(RLIMIT_FSIZE, &small);
		_exit(file_replace("a", (struct str){ big, sizeof big }, 0600, &e) == ERR_IO &&
		      strcmp(e.text, "cannot write a: File too large") == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_content("a", STR("old"));
	assert_int_equal(files_here(), 1);
}

/* ---- folders ---- */

static void the_folders_of_a_path_are_made_for_their_owner_only(void **state)
{
	struct error e;

	(void)state;
	umask(0);
	assert_int_equal(file_make_parent("a/b//c/file", &e), ERR_NONE);
	assert_int_equal(mode_of("a"), 0700);
	assert_int_equal(mode_of("a/b/c"), 0700);
	assert_int_not_equal(access("a/b/c/file", F_OK), 0);
}

static void folders_that_are_there_stay_as_they_are(void **state)
{
	struct place *p = *state;
	char path[100];
	struct error e;

	assert_int_equal(mkdir("a", 0755), 0);
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(file_make_parent("a/file", &e), ERR_NONE);
	assert_int_equal(mode_of("a"), 0755);
	assert_int_equal(file_make_parent("./link/b/file", &e), ERR_NONE);
	assert_int_equal(mode_of("a/b"), 0700);
	snprintf(path, sizeof path, "%s/c/file", p->path);
	assert_int_equal(file_make_parent(path, &e), ERR_NONE);
	assert_int_equal(mode_of("c"), 0700);
}

static void a_path_without_a_folder_needs_none(void **state)
{
	struct error e;

	(void)state;
	assert_int_equal(file_make_parent("file", &e), ERR_NONE);
	assert_int_equal(file_make_parent("", &e), ERR_NONE);
	assert_int_equal(file_make_parent("/file", &e), ERR_NONE);
	assert_int_equal(files_here(), 0);
}

static void a_file_in_the_place_of_a_folder_is_an_error(void **state)
{
	struct error e;

	(void)state;
	write_file("a", STR(""));
	assert_int_equal(file_make_parent("a/file", &e), ERR_IO);
	assert_string_equal(e.text, "cannot make the folder a: Not a directory");
	assert_int_equal(file_make_parent("a/b/file", &e), ERR_IO);
}

/* ---- lock ---- */

/* A process that holds the lock until its pipe is closed. */
struct holder { pid_t pid; int until; };

static void hold(const char *path, struct holder *h)
{
	int ready[2], until[2];
	char byte;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(until), 0);
	h->pid = fork();
	if (h->pid == 0) {
		int fd;

		close(until[1]);
		if (file_lock(path, 0, &fd, NULL) != ERR_NONE || write(ready[1], "", 1) != 1)
			_exit(1);
		_exit(read(until[0], &byte, 1) == 0 ? 0 : 2);
	}
	close(ready[1]);
	close(until[0]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	h->until = until[1];
}

static void release(struct holder *h)
{
	int status;

	close(h->until);
	assert_int_equal(waitpid(h->pid, &status, 0), h->pid);
	assert_int_equal(status, 0);
}

static void a_lock_is_held_by_one_process_at_a_time(void **state)
{
	struct holder other;
	struct error e;
	int fd = 7;

	(void)state;
	hold("store", &other);
	assert_int_equal(file_lock("store", 0, &fd, &e), ERR_BUSY);
	assert_string_equal(e.text, "store is in use by another lede; try again");
	assert_int_equal(fd, -1);
	release(&other);
	assert_int_equal(file_lock("store", 0, &fd, &e), ERR_NONE);
	assert_true(fd >= 0);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	file_unlock(fd);
}

static void a_lock_is_waited_for_as_long_as_asked(void **state)
{
	struct clock c = clock_system();
	int64_t start = clock_ticks(&c);
	struct holder other;
	int fd;

	(void)state;
	hold("store", &other);
	assert_int_equal(file_lock("store", 40, &fd, NULL), ERR_BUSY);
	assert_true(clock_ticks(&c) - start >= 40);
	release(&other);
}

static void a_lock_that_is_let_go_meanwhile_is_got(void **state)
{
	struct holder other;
	pid_t child;
	int status;

	(void)state;
	hold("store", &other);
	child = fork();
	if (child == 0) {
		int fd;

		close(other.until);
		_exit(file_lock("store", 20000, &fd, NULL) == ERR_NONE ? 0 : 1);
	}
	nanosleep(&(struct timespec){ 0, 20 * 1000000 }, NULL);
	release(&other);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void a_lock_can_be_taken_again_after_unlocking(void **state)
{
	struct error e;
	int fd;

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(file_lock("store", 0, &fd, &e), ERR_NONE);
		file_unlock(fd);
	}
	file_unlock(-1);
	assert_int_equal(mode_of("store.lock"), 0600);
	/* What is locked need not be there, and is not made. */
	assert_int_equal(files_here(), 1);
}

static void a_lock_in_a_missing_folder_is_an_error(void **state)
{
	struct error e;
	int fd;

	(void)state;
	assert_int_equal(file_lock("none/store", 1000, &fd, &e), ERR_IO);
	assert_string_equal(e.text, "cannot lock none/store: No such file or directory");
	assert_int_equal(fd, -1);
}

/* ---- stamps ---- */

static bool same(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->mtime_ns == b->mtime_ns && a->size == b->size && a->inode == b->inode;
}

static void a_stamp_changes_when_the_file_does(void **state)
{
	struct file_stamp first, again, other;
	struct error e;

	(void)state;
	write_file("a", STR("one"));
	assert_true(file_stamp("a", &first));
	assert_true(file_stamp("a", &again));
	assert_true(same(&first, &again));
	assert_int_equal(first.size, 3);
	/* Same size, same second at least: a replaced file is told by its inode. */
	assert_int_equal(file_replace("a", STR("two"), 0600, &e), ERR_NONE);
	assert_true(file_stamp("a", &other));
	assert_false(same(&first, &other));
}

static void a_missing_file_has_no_stamp(void **state)
{
	struct file_stamp s = { 1, 2, 3 };

	(void)state;
	assert_false(file_stamp("none", &s));
	assert_int_equal(s.size, 2);
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HERE(a_file_is_added_to_what_was_there),
		HERE(an_empty_file_is_read_as_nothing),
		HERE(a_file_of_exactly_the_ceiling_fits),
		HERE(a_file_past_the_ceiling_adds_nothing),
		HERE(a_missing_file_is_no_such_thing),
		HERE(folders_devices_and_pipes_are_refused),
		HERE(a_new_file_gets_the_mode_asked_for),
		HERE(a_replaced_file_keeps_its_mode),
		HERE(a_replaced_file_keeps_its_owner),
		HERE(what_cannot_be_given_back_is_readable_by_nobody_new),
		HERE(a_link_still_names_the_file_that_was_replaced),
		HERE(an_absolute_link_is_followed),
		HERE(a_link_to_a_file_that_is_not_there_makes_it),
		HERE(links_in_a_circle_are_refused),
		HERE(what_is_no_file_is_not_replaced),
		HERE(a_folder_that_is_missing_or_no_folder_is_an_error),
		HERE(in_a_folder_that_cannot_be_written_the_file_stays),
		HERE(a_write_that_fails_leaves_the_old_file_and_nothing_beside_it),
		HERE(the_folders_of_a_path_are_made_for_their_owner_only),
		HERE(folders_that_are_there_stay_as_they_are),
		HERE(a_path_without_a_folder_needs_none),
		HERE(a_file_in_the_place_of_a_folder_is_an_error),
		HERE(a_lock_is_held_by_one_process_at_a_time),
		HERE(a_lock_is_waited_for_as_long_as_asked),
		HERE(a_lock_that_is_let_go_meanwhile_is_got),
		HERE(a_lock_can_be_taken_again_after_unlocking),
		HERE(a_lock_in_a_missing_folder_is_an_error),
		HERE(a_stamp_changes_when_the_file_does),
		HERE(a_missing_file_has_no_stamp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
