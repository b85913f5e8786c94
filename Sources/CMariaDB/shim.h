#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <mysql.h>

#include <errmsg.h>
#include <mysql/plugin_auth.h>

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

// A connection that has to have TLS. Where a server offers none and no certificate is to be verified by the library, that goes on in
// plain text, with the login ("send_client_reply_packet()"). So the login begins with a plugin of ours, which sends nothing to such a
// server; and until it has looked no other plugin is allowed, as a server may also not ask for one. What it sends itself is no
// password: the server answers with the plugin that the account wants, and TLS is there by then.
#define DATABASEDEPLOY_TLS "databasedeploy_tls"

// "mysql/client_plugin.h", which includes what Debian's package does not have.
struct mariadb_login_plugin {
    int type;
    unsigned int interface_version;
    const char *name, *author, *desc;
    unsigned int version[3];
    const char *license;
    void *mysql_api;
    int (*init)(char *, size_t, int, va_list);
    int (*deinit)(void);
    int (*options)(const char *, const void *);
    int (*authenticate_user)(MYSQL_PLUGIN_VIO *, MYSQL *);
};
struct st_mysql_client_plugin;
struct st_mysql_client_plugin *mysql_client_register_plugin(MYSQL *, struct st_mysql_client_plugin *);

static inline int mariadb_refuse_without_tls(MYSQL *mysql) {
    mysql->net.last_errno = CR_SSL_CONNECTION_ERROR;
    strcpy(mysql->net.sqlstate, "HY000");
    strcpy(mysql->net.last_error, "TLS/SSL error: SSL is required, but the server does not support it");
    return CR_ERROR;
}

static inline int mariadb_log_in_with_tls(MYSQL_PLUGIN_VIO *channel, MYSQL *mysql) {
    if (!(mysql->server_capabilities & CLIENT_SSL)) return mariadb_refuse_without_tls(mysql);
    mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH, NULL);
    if (channel->write_packet(channel, NULL, 0)) return CR_ERROR;
    return mysql_get_ssl_cipher(mysql) ? CR_OK : mariadb_refuse_without_tls(mysql);
}

// Makes the plugin known, once in a process. 0 if it is.
static inline int mariadb_register_tls(void) {
    // Of authentication, in the first version of the interface; a second one has a function more.
    static struct mariadb_login_plugin plugin = {2, 0x0100, DATABASEDEPLOY_TLS};
    plugin.authenticate_user = mariadb_log_in_with_tls;
    MYSQL *mysql = mysql_init(NULL);
    if (!mysql) return 1;
    int isKnown = mysql_client_register_plugin(mysql, (struct st_mysql_client_plugin *)&plugin) != NULL;
    mysql_close(mysql);
    return !isKnown;
}

static inline void mariadb_demand_tls(MYSQL *mysql) {
    mysql_options(mysql, MYSQL_DEFAULT_AUTH, DATABASEDEPLOY_TLS);
    mysql_options(mysql, MARIADB_OPT_RESTRICTED_AUTH, DATABASEDEPLOY_TLS);
}
