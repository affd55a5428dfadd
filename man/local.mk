# Manual pages: dist_man_MANS += %D%/lede.1. A test that fails when a page is stale goes into CHECK_TESTS.
