/// A product whose Debian package carries the SQL that makes and upgrades its database.
struct Product: Sendable, CustomStringConvertible {
    /// What the test calls it; the package's name unless a package has several.
    let name: String
    let package: String
    /// The files that make a database, in the product's order: the ends of their names in the corpus.
    var schema: [String]
    /// How the names of the upgrade files begin in the corpus; without it they are the names in the project.
    var upgrades: String?
    /// What the name of an upgrade file, without `upgrades`, begins with; other files are no upgrades.
    var isUpgrade: @Sendable (String) -> Bool = { $0.first?.isNumber == true }
    /// The database that the scripts themselves name; nil if they leave that to who runs them.
    var database: String?
    /// Lines that are left out of every file, since they mean the machine that the package is installed on.
    var leavesOut: String?
    /// Columns into which the scripts write the time, such as `version.installed_at`.
    var clocks: Set<String> = []

    var description: String { name }

    init(
        _ package: String, name: String? = nil, schema: [String], upgrades: String? = nil, database: String? = nil,
        leavesOut: String? = nil, clocks: Set<String> = []
    ) {
        self.name = name ?? package
        self.package = package
        self.schema = schema
        self.upgrades = upgrades
        self.database = database
        self.leavesOut = leavesOut
        self.clocks = clocks
    }

    private func with(_ isUpgrade: @escaping @Sendable (String) -> Bool) -> Product {
        var copy = self
        copy.isUpgrade = isUpgrade
        return copy
    }
}

extension Product {
    static let all: [Product] = [
        Product(
            "icinga2-ido-mysql", schema: ["schema_mysql.sql"], upgrades: "usr_share_icinga2-ido-mysql_schema_upgrade_",
            clocks: ["icinga_dbversion.create_time", "icinga_dbversion.modify_time"]),
        Product(
            "icingadb", schema: ["schema_mysql_schema.sql"], upgrades: "usr_share_icingadb_schema_mysql_upgrades_",
            clocks: ["icingadb_schema.timestamp"]),
        Product(
            "icingaweb2", schema: ["mysql.schema.sql"], upgrades: "usr_share_icingaweb2_schema_mysql-upgrades_",
            clocks: ["icingaweb_schema.timestamp"]),
        Product(
            "icingaweb2-module-director", schema: ["schema_mysql.sql"],
            upgrades: "usr_share_icingaweb2_modules_director_schema_mysql-migrations_upgrade_",
            clocks: ["director_schema_migration.migration_time"]),
        Product(
            "icingaweb2-module-director", name: "icingaweb2-module-director's legacy", schema: ["schema_mysql.sql"],
            upgrades: "usr_share_icingaweb2_modules_director_schema_mysql-legacy-changes_upgrade_",
            clocks: ["director_schema_migration.migration_time"]),
        Product("roundcube-core", schema: ["SQL_mysql.initial.sql"], upgrades: "usr_share_roundcube_SQL_mysql_"),
        // Each module stands alone, but all want the table of versions that `standard` makes.
        Product(
            "kamailio-mysql-modules", schema: ["mysql_standard-create.sql"], upgrades: "usr_share_kamailio_mysql_"
        ).with { $0 != "standard-create.sql" },
        Product(
            "pdns-backend-mysql", schema: ["schema_schema.mysql.sql"], upgrades: "usr_share_pdns-backend-mysql_schema_"),
        Product(
            "zabbix-server-mysql", schema: ["_schema.sql", "_images.sql", "_data.sql"],
            upgrades: "usr_share_zabbix-server-mysql_"
        ).with { ["double.sql", "history_pk_prepare.sql"].contains($0) },
        Product("zabbix-proxy-mysql", schema: ["_schema.sql"]),
        Product("bacula-director-mysql", schema: ["install_mysql"]),
        // The order of its patches is in its code; here they stand by name, for what each does by itself.
        Product(
            "mediawiki", schema: ["maintenance_tables.sql", "maintenance_tables-generated.sql"],
            upgrades: "usr_share_mediawiki_maintenance_archives_"
        ).with { _ in true },
        Product(
            "mediawiki", name: "mediawiki's extensions",
            schema: [
                "AbuseFilter_db_patches_mysql_tables-generated.sql", "OATHAuth_sql_mysql_tables-generated.sql",
                "Math_sql_mysql_mathoid.sql", "Math_sql_mysql_mathlatexml.sql",
            ]),
        Product(
            "phpmyadmin", schema: ["sql_create_tables.sql"], upgrades: "usr_share_phpmyadmin_sql_upgrade_",
            database: "phpmyadmin"
        ).with { _ in true },
        Product("cacti", schema: ["templates_cacti.sql"]),
        Product(
            "zoneminder", schema: ["zm_create.sql", "db_triggers.sql"],
            upgrades: "usr_share_zoneminder_db_zm_update-", database: "zm", leavesOut: "source /usr/share/"),
        Product(
            "kea-admin", schema: ["dhcpdb_create.mysql"],
            clocks: ["dhcp4_server.modification_ts", "dhcp6_server.modification_ts"]),
        Product("gerbera", schema: ["_mysql.sql"]),
        Product(
            "opendmarc", schema: ["install_mysql"],
            upgrades: "usr_share_dbconfig-common_data_opendmarc_upgrade_mysql_"),
        Product(
            "spamassassin",
            schema: [
                "awl_mysql.sql", "bayes_mysql.sql", "decodeshorturl_mysql.sql", "txrep_mysql.sql", "userpref_mysql.sql",
            ]),
        Product("rsyslog-mysql", schema: ["install_mysql"]),
        Product(
            "freeradius-config",
            schema: [
                "main_mysql_schema.sql", "cui_mysql_schema.sql", "ippool_mysql_schema.sql",
                "ippool_mysql_procedure.sql", "ippool-dhcp_mysql_schema.sql", "ippool-dhcp_mysql_procedure.sql",
                "sql_dhcp_mysql_schema.sql", "main_mysql_process-radacct.sql",
                "main_mysql_extras_wimax_schema.sql", "moonshot-targeted-ids_mysql_schema.sql",
            ]),
        Product(
            "tango-db", schema: ["create_db_tables.sql", "stored_proc.sql"],
            upgrades: "usr_share_dbconfig-common_data_tango-db_upgrade_mysql_"),
        Product("gammu-smsd", schema: ["examples_mysql.sql"]),
        Product("tt-rss", schema: ["ttrss_schema_mysql.sql"], upgrades: "usr_share_tt-rss_schema_versions_mysql_"),
    ]
}
