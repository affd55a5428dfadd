#include "recover.h"

#include <sys/stat.h>

#include "lede/store/check.h"
#include "lede/store/salvage.h"

enum err cache_recover(const char *path, int64_t now, bool known, struct buf *sentence,
		       struct error *e)
{
	struct salvaged saved;
	struct stat st;
	bool sound = false;
	enum err rc = ERR_NONE;

	if (stat(path, &st) != 0)
		return ERR_NONE;
	if (!known)
		rc = store_check_file(path, &sound, e);
	if (rc != ERR_NONE || sound)
		return rc;
	rc = store_salvage(path, now, (uint64_t)st.st_ino, &saved, e);
	if (rc == ERR_NONE)
		salvage_sentence(&saved, sentence);
	return rc;
}
