#include <stddef.h>

#include <mysql.h>

// The library asks the system's databases for the port of "mysql" when it is set up, which takes longer than a query,
// and nobody here needs to know: an address has its port. It does not ask if its variable is set; the shared library
// keeps that to itself.
extern unsigned int mysql_port __attribute__((weak));

static inline void mariadb_set_default_port(unsigned int port) {
    if (&mysql_port) mysql_port = port;
}

// The library starts OpenSSL, with all of its error texts, when it is set up. That takes longer than to connect by a socket,
// where nobody needs it. It believes that it has done so if its variable says it; the shared library keeps that to itself.
extern my_bool ma_tls_initialized __attribute__((weak));
extern int ma_tls_start(char *message, size_t size) __attribute__((weak));

static inline int mariadb_set_up_without_tls(void) {
    if (!&ma_tls_initialized || !&ma_tls_start) return mysql_server_init(0, NULL, NULL);
    ma_tls_initialized = 1;
    int result = mysql_server_init(0, NULL, NULL);
    ma_tls_initialized = 0;
    return result;
}

// What was left out. The library does it itself, too, for a connection with TLS ("ma_pvio_tls_init()"), but not as one thread
// among others.
static inline void mariadb_start_tls(void) {
    if (&ma_tls_start) ma_tls_start(NULL, 0);
}
