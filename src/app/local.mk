# The floor app. One line a module: liblede_a_SOURCES += %D%/NAME.c
# (its header include/lede/app/NAME.h is distributed with the whole of include/; tables that are
# included, %D%/NAME.inc, are listed the same way).

include %D%/sample/local.mk

# The reader's state: what keys and messages do to it, and what is drawn of it.
liblede_a_SOURCES += \
	%D%/state.h \
	%D%/adding.c \
	%D%/app.c \
	%D%/binding.c \
	%D%/colon.c \
	%D%/colon_inside.h \
	%D%/colon_set.c \
	%D%/command.c \
	%D%/do_change.c \
	%D%/do_look.c \
	%D%/do_copy.c \
	%D%/do_feeds.c \
	%D%/do_mark.c \
	%D%/do_mouse.c \
	%D%/do_move.c \
	%D%/do_read.c \
	%D%/do_story.c \
	%D%/do_undo.c \
	%D%/do_unread.c \
	%D%/edit.c \
	%D%/frame.c \
	%D%/frame_rows.c \
	%D%/frame_search.c \
	%D%/geometry.c \
	%D%/glyphs.c \
	%D%/got.c \
	%D%/key.c \
	%D%/keymap.c \
	%D%/keys.c \
	%D%/matches.c \
	%D%/messages.c \
	%D%/pane.c \
	%D%/page.c %D%/page.h \
	%D%/panel_help.c \
	%D%/panel_health.c \
	%D%/panels.c \
	%D%/retold.c \
	%D%/prompt.c \
	%D%/prompt.h \
	%D%/prompt_command.c \
	%D%/prompt_follow.c \
	%D%/prompt_search.c \
	%D%/prompt_kinds.c \
	%D%/prompt_view.c \
	%D%/role.c \
	%D%/rows.c \
	%D%/sentence.c \
	%D%/searching.c \
	%D%/view.c

# The commands without a screen, and what they share with it: options, configuration, feeds file, paths, words.
liblede_a_SOURCES += \
	%D%/browser.c \
	%D%/cli.c \
	%D%/cli_address.c %D%/cli_address.h \
	%D%/cli_inside.c %D%/cli_inside.h \
	%D%/cli_items.c %D%/cli_items.h \
	%D%/cli_probe.c %D%/cli_probe.h \
	%D%/cmd_add.c \
	%D%/cmd_classify.c \
	%D%/cmd_feeds.c \
	%D%/cmd_fold.c \
	%D%/cmd_export.c \
	%D%/cmd_import.c \
	%D%/cmd_latest.c \
	%D%/cmd_mark.c \
	%D%/cmd_open.c \
	%D%/cmd_opml.c \
	%D%/cmd_parse.c \
	%D%/cmd_profile.c \
	%D%/cmd_rank.c \
	%D%/cmd_refresh.c \
	%D%/cmd_search.c \
	%D%/cmd_show.c \
	%D%/cmd_text.c \
	%D%/cmd_top.c \
	%D%/config.c \
	%D%/config_edit.c \
	%D%/feed_tags.c \
	%D%/import.c %D%/import.h \
	%D%/import_entries.c \
	%D%/import_lists.c \
	%D%/import_newsboat.c \
	%D%/import_newsraft.c \
	%D%/import_sfeed.c \
	%D%/jout.c %D%/jout.h \
	%D%/learned.c \
	%D%/line_edit.c \
	%D%/line_edit.h \
	%D%/nearest.c \
	%D%/option.c \
	%D%/option_choices.c \
	%D%/cmd_backup.c \
	%D%/cmd_doctor.c \
	%D%/keep.c \
	%D%/recover.c %D%/recover.h \
	%D%/others.c \
	%D%/paths.c \
	%D%/query.c \
	%D%/query_day.c %D%/query_day.h \
	%D%/subscriptions.c \
	%D%/words.c \
	%D%/words_why.c

# The threads behind the screen, and what they do with feeds.
liblede_a_SOURCES += \
	%D%/advising.c %D%/advising.h \
	%D%/article.c \
	%D%/batch.c \
	%D%/batch.h \
	%D%/edition_leads.c \
	%D%/edition_make.c \
	%D%/edition_making.h \
	%D%/engine.c \
	%D%/feed_file.c \
	%D%/feed_task.c \
	%D%/feed_task.h \
	%D%/finding.c \
	%D%/finding.h \
	%D%/folding.c \
	%D%/acts.c %D%/acts.h \
	%D%/learning.c \
	%D%/regrouping.c %D%/regrouping.h \
	%D%/folding.h \
	%D%/feeding.c \
	%D%/feeding.h \
	%D%/indexer.c \
	%D%/indexer.h \
	%D%/ingest.c \
	%D%/manners.c \
	%D%/list_place.c \
	%D%/list_place.h \
	%D%/marks.c \
	%D%/marks.h \
	%D%/prober.c \
	%D%/prober.h \
	%D%/reader.c \
	%D%/reader.h \
	%D%/refresh.c \
	%D%/refresh.h \
	%D%/refresh_order.c \
	%D%/refresh_order.h \
	%D%/sample.c \
	%D%/secrets.c \
	%D%/scripts.c \
	%D%/scripts.h \
	%D%/thread.c \
	%D%/unlearning.c \
	%D%/unlearning.h \
	%D%/thread.h \
	%D%/undoing.c \
	%D%/undoing.h \
	%D%/visit.c \
	%D%/visit.h \
	%D%/work.c \
	%D%/writer.c \
	%D%/writer.h
