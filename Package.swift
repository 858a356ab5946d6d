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

let package = Package(
    name: "orch",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "orch", targets: ["orch"])],
    targets: [
        .systemLibrary(name: "CCurl", path: "Sources/Kit/CCurl"),
        .systemLibrary(
            name: "CSQLite", path: "Sources/Kit/CSQLite",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(name: "CSystem", path: "Sources/Kit/CSystem"),
        kit("Arguments"),
        kit("Cron", ["Platform"]),
        kit("Curl", ["CCurl", "Platform"]),
        kit("JSON"),
        kit("KitTesting", ["Platform"]),
        kit("Platform", ["CSystem"]),
        kit("SHA2"),
        kit("SQLite", ["CSQLite"]),
        kit("Subprocess", ["CSystem", "Platform"]),
        kit("Template"),
        kit("WebSocket"),
        kit("YAML"),

        ring("OrchCore", ["JSON", "SHA2", "Template"]),
        ring("OrchAdapters", adapters),
        ring("OrchEngine", ["OrchCore", "JSON"]),
        ring("OrchListener", adapters + ["OrchAdapters"]),
        ring("OrchCommands", adapters + ["OrchEngine", "OrchAdapters"]),
        ring(
            "OrchTesting",
            ["OrchCore", "OrchEngine", "OrchAdapters", "OrchListener", "JSON", "Platform", "Subprocess"]),
        .executableTarget(
            name: "orch", dependencies: ["OrchCommands"], swiftSettings: strict + staticLibrary,
            linkerSettings: staticExecutable),

        tests("ArgumentsTests", ["Arguments", "KitTesting"]),
        tests("CronTests", ["Cron", "KitTesting", "Platform"]),
        tests("CurlTests", ["Curl", "JSON", "KitTesting", "Platform", "Subprocess"]),
        tests("JSONTests", ["JSON"]),
        tests("PlatformTests", ["CSystem", "KitTesting", "Platform", "Subprocess"]),
        tests("SHA2Tests", ["SHA2"]),
        tests("SQLiteTests", ["SQLite"]),
        tests("SubprocessTests", ["KitTesting", "Platform", "Subprocess"]),
        tests("TemplateTests", ["Template"]),
        tests("WebSocketTests", ["Curl", "JSON", "KitTesting", "Platform", "Subprocess", "WebSocket"]),
        tests("YAMLTests", ["KitTesting", "YAML"], data: ["Corpus"]),
        tests("OrchCoreTests", ["OrchCore", "OrchTesting", "JSON", "KitTesting"]),
        tests("OrchAdaptersTests", adapters + ["OrchAdapters", "OrchTesting"]),
        tests(
            "OrchEngineTests",
            ["OrchCore", "OrchEngine", "OrchAdapters", "OrchTesting", "JSON", "KitTesting"]),
        tests("OrchListenerTests", adapters + ["KitTesting", "OrchAdapters", "OrchListener", "OrchTesting"]),
        tests(
            "OrchCommandsTests",
            adapters + ["KitTesting", "OrchAdapters", "OrchEngine", "OrchCommands", "OrchTesting"]),
        tests("HouseStyleTests", ["Platform", "Template"]),
    ]
)
