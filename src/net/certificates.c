#include "lede/net/certificates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lede/base/file.h"
#include "lede/base/mem.h"

#define BUNDLE_MAX (16 << 20)

/* One after the other, for a libcurl that knows no folder of certificates. */
static enum err join(struct certificates *c, const char *bundle, struct error *e)
{
	enum err rc = ERR_NONE;

	c->joined = buf_limited(BUNDLE_MAX);
	if (bundle)
		rc = file_read(bundle, &c->joined, e);
	if (rc == ERR_NONE)
		rc = buf_add_char(&c->joined, '\n');
	if (rc == ERR_NONE)
		rc = file_read(c->file, &c->joined, e);
	return rc;
}

/* libcurl keeps what it parsed of a bundle (0.2 MB, 140 certificates, some 10 ms) for all
 * connections, but only while no folder is asked too; in a folder on the other hand only the
 * certificate that is needed is read. So: the bundle alone, or the user's file and the folder. */
enum err certificates_find(struct certificates *c, struct str own, struct error *e)
{
	const curl_version_info_data *v = curl_version_info(CURLVERSION_NOW);
	const char *bundle = v->cainfo && access(v->cainfo, R_OK) == 0 ? v->cainfo : NULL;

	memset(c, 0, sizeof *c);
	c->without_folder = own.n == 0 && bundle;
	if (own.n == 0)
		return ERR_NONE;
	c->file = mem_new(own.n + 1);
	memcpy(c->file, own.p, own.n);
	if (access(c->file, R_OK) != 0)
		return error_errno(e, ERR_IO, errno, "cannot read %s", c->file);
	c->folder = v->capath;
	return c->folder ? ERR_NONE : join(c, bundle, e);
}

void certificates_free(struct certificates *c)
{
	free(c->file);
	buf_free(&c->joined);
}

void certificates_set(const struct certificates *c, CURL *easy)
{
	struct curl_blob joined = { .data = c->joined.p, .len = c->joined.n,
		.flags = CURL_BLOB_NOCOPY };

	if (joined.len > 0)
		curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &joined);
	else if (c->file)
		curl_easy_setopt(easy, CURLOPT_CAINFO, c->file);
	if (c->folder || c->without_folder)
		curl_easy_setopt(easy, CURLOPT_CAPATH, c->folder);
}
