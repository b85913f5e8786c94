// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "DatabaseDeploy",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "databasedeploy", targets: ["databasedeploy"]),
        .library(name: "Deployment", targets: ["Deployment", "MySQLDriver", "PrivateServer"]),
        .library(name: "SQLScript", targets: ["SQLScript"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CFileSystem"),
        .target(name: "SQLScript", exclude: ["README.md"]),
        .target(
            name: "Deployment",
            dependencies: [
                "SQLScript", "CXML", "CCrypto", "CFileSystem", "TOMLKit",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["README.md"],
            // TOMLKit imports all of Foundation. Without this, `text.contains("x")` would mean Foundation's, and the
            // binary would carry it, three times the size and twice the start-up.
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")]
        ),
        .target(
            name: "MySQLDriver",
            dependencies: [
                "Deployment", "SQLScript", "CMariaDB", .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["README.md"]
        ),
        .target(
            name: "PrivateServer",
            dependencies: ["CFileSystem", .product(name: "SystemPackage", package: "swift-system")],
            exclude: ["README.md"]
        ),
        .executableTarget(
            name: "databasedeploy",
            dependencies: [
                "Deployment", "MySQLDriver", "PrivateServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(name: "SplitterBench", dependencies: ["SQLScript"], path: "Benchmarks/Splitter"),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["Deployment", .product(name: "SystemPackage", package: "swift-system")]
        ),
        .target(
            name: "TestServers",
            dependencies: [
                "Deployment", "PrivateServer", .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/TestServers"
        ),
        .executableTarget(
            name: "ServerHolder", dependencies: ["PrivateServer", "TestServers"], path: "Tests/ServerHolder"),
        .executableTarget(
            name: "Torture",
            dependencies: [
                "Deployment", "MySQLDriver", "PrivateServer", "TestServers", "databasedeploy",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/Torture"),
        .testTarget(name: "PrivateServerTests", dependencies: ["PrivateServer", "TestServers", "ServerHolder"]),
        .testTarget(
            name: "DeploymentTests",
            dependencies: [
                "Deployment", "MySQLDriver", "TestServers",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        .testTarget(
            name: "ProductTests",
            dependencies: [
                "Deployment", "MySQLDriver", "PrivateServer", "TestServers",
                .product(name: "SystemPackage", package: "swift-system"),
            ]
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["databasedeploy", "Deployment", "MySQLDriver", "PrivateServer", "TestServers"]),
        .testTarget(name: "SQLScriptTests", dependencies: ["SQLScript"]),
        .testTarget(name: "ClientComparison", dependencies: ["SQLScript"]),
    ],
    swiftLanguageModes: [.v6]
)
