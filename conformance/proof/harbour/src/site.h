#ifndef SITE_H
#define SITE_H

/* The folder all sites lie in. */
void site_root(const char *folder);

/* The folder of the site a host belongs to; the first site where none does. The caller frees it. */
char *site_folder(const char *host);

#endif
