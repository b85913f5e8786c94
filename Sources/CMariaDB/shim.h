#include <mysql.h>

// The library asks the system's databases for the port of "mysql" when it is set up, which takes longer than a query,
// and nobody here needs to know: an address has its port. It does not ask if its variable is set; the shared library
// keeps that to itself.
extern unsigned int mysql_port __attribute__((weak));

static inline void mariadb_set_default_port(unsigned int port) {
    if (&mysql_port) mysql_port = port;
}
