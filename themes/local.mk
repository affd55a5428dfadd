# The shipped themes, installed to $(pkgdatadir)/themes. One line a theme: dist_theme_DATA += %D%/NAME.theme
themedir = $(pkgdatadir)/themes
dist_theme_DATA =
