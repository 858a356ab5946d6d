// swift-tools-version: 6.2
import PackageDescription

/// Every target is built alike: Swift 6, explicit imports, and a warning is an error.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// The program that ticks starts in a millisecond only when nothing is left to the dynamic loader;
/// see “Start-up” in ARCHITECTURE.md for the figures and the price.
let staticExecutable: [LinkerSetting] = [
    .unsafeFlags(["-static-executable"], .when(platforms: [.linux], configuration: .release))
]
let staticLibrary: [SwiftSetting] = [
    .unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))
]

/// A module of the kit: it could be published alone, and nothing in it says “orch”.
func kit(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/Kit/\(name)",
        swiftSettings: strict + staticLibrary)
}

/// A ring of orch itself; dependencies point downwards only.
func ring(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + staticLibrary)
}

/// The tests of one source target.
///
/// - Parameter data: folders of files that tests read where they lie.
func tests(_ name: String, _ dependencies: [Target.Dependency], data: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: data, swiftSettings: strict)
}

/// What the rings of orch may use of the kit; the imports of each are held by HouseStyleTests.
let adapters: [Target.Dependency] = [
    "OrchCore", "Arguments", "Cron", "JSON", "Platform", "SHA2", "SQLite", "Subprocess", "Template", "YAML",
]
/// What the listener needs besides.
let listener: [Target.Dependency] = adapters + ["OrchAdapters", "Curl", "HTTP", "Reactor", "WebSocket"]

let package = Package(
    name: "orch",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "orch", targets: ["orch"]),
        .executable(name: "orch-listener", targets: ["orch-listener"]),
    ],
    targets: [
        .systemLibrary(name: "CCurl", path: "Sources/Kit/CCurl"),
        .systemLibrary(
            name: "CSQLite", path: "Sources/Kit/CSQLite",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(name: "CSystem", path: "Sources/Kit/CSystem"),
        kit("Arguments"),
        kit("Cron", ["Platform"]),
        kit("Curl", ["CCurl", "Platform"]),
        kit("HTTP", ["CSystem", "Platform", "Reactor"]),
        kit("JSON"),
        kit("KitTesting", ["Platform", "Subprocess"]),
        kit("Platform", ["CSystem"]),
        kit("Reactor", ["CSystem", "Platform", "Subprocess"]),
        kit("SHA2"),
        kit("SQLite", ["CSQLite"]),
        kit("Subprocess", ["CSystem", "Platform"]),
        kit("Template"),
        kit("WebSocket"),
        kit("YAML"),

        ring("OrchCore", ["JSON", "SHA2", "Template"]),
        ring("OrchAdapters", adapters),
        ring("OrchEngine", ["OrchCore", "JSON"]),
        ring("OrchListener", listener),
        ring("OrchCommands", adapters + ["OrchEngine", "OrchAdapters"]),
        ring(
            "OrchTesting",
            ["OrchCore", "OrchEngine", "OrchAdapters", "OrchListener", "JSON", "Platform", "Subprocess"]),
        .executableTarget(
            name: "orch", dependencies: ["OrchCommands"], swiftSettings: strict + staticLibrary,
            linkerSettings: staticExecutable),
        // Lives long and opens libcurl at run time, which a static executable cannot do well.
        .executableTarget(
            name: "orch-listener", dependencies: ["OrchListener"], swiftSettings: strict + staticLibrary,
            linkerSettings: [
                .unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))
            ]),

        tests("ArgumentsTests", ["Arguments", "KitTesting"]),
        tests("CronTests", ["Cron", "KitTesting", "Platform"]),
        tests("CurlTests", ["Curl", "JSON", "KitTesting", "Platform", "Subprocess"]),
        tests("HTTPTests", ["HTTP", "KitTesting", "Platform", "Reactor"]),
        tests("JSONTests", ["JSON", "KitTesting"]),
        tests("PlatformTests", ["CSystem", "KitTesting", "Platform", "Subprocess"]),
        tests("ReactorTests", ["KitTesting", "Platform", "Reactor", "Subprocess"]),
        tests("SHA2Tests", ["SHA2"]),
        tests("SQLiteTests", ["KitTesting", "SQLite"]),
        tests("SubprocessTests", ["KitTesting", "Platform", "Subprocess"]),
        tests("TemplateTests", ["Template"]),
        tests("WebSocketTests", ["Curl", "JSON", "KitTesting", "Platform", "Subprocess", "WebSocket"]),
        tests("YAMLTests", ["KitTesting", "YAML"], data: ["Corpus"]),
        tests("OrchCoreTests", ["OrchCore", "OrchTesting", "JSON", "KitTesting"]),
        tests("OrchAdaptersTests", adapters + ["KitTesting", "OrchAdapters", "OrchTesting"]),
        tests(
            "OrchEngineTests",
            ["OrchCore", "OrchEngine", "OrchAdapters", "OrchTesting", "JSON", "KitTesting"]),
        tests("OrchListenerTests", listener + ["KitTesting", "OrchListener", "OrchTesting"]),
        tests(
            "OrchCommandsTests",
            adapters + ["KitTesting", "OrchAdapters", "OrchEngine", "OrchCommands", "OrchTesting"]),
        tests("HouseStyleTests", ["Platform", "Template"]),
    ]
)
