import Testing

/// STYLE.md, as far as a program can tell. Each failure is at the place that it is about, and says what to
/// do.
struct HouseStyleTests {
    private let tree = SourceTree.shared

    @Test func `the tree is found`() {
        #expect(tree.contains("Package.swift"))
        #expect(tree.swift.count > 100)
        #expect(tree.kitModules.isSuperset(of: ["CSystem", "JSON", "SQLite"]))
    }

    @Test func `modules import only downwards`() { Rings.imports(in: tree).report() }

    @Test func `commands leave adapters to Live`() {
        Rings.adaptersAreNamedInOnePlace(in: tree).report()
        Rings.exceptionsAreUsed(in: tree).report()
    }

    @Test func `the kit does not know who uses it`() { Rings.kitIsNobodys(in: tree).report() }

    @Test func `Foundation comes only as its essentials`() {
        tree.swift.flatMap(FoundationImports.areGuarded).report()
    }

    @Test func `files fit a sitting`() { tree.swift.flatMap(Sizes.files).report() }

    @Test func `functions fit a screen`() { tree.swift.flatMap(Sizes.functions).report() }

    @Test func `lines fit a window`() { tree.swift.flatMap(Sizes.lines).report() }

    @Test func `parameters fit a head`() { tree.swift.flatMap(Sizes.parameters).report() }

    @Test func `words that we do without are not written`() {
        tree.swift.flatMap(BannedWords.inCode).report()
        tree.swift.flatMap(BannedWords.inComments).report()
    }

    @Test func `types have names of their own`() { Naming.types(in: tree).report() }

    @Test func `lines end where their text ends`() { tree.files.flatMap(Texts.endings).report() }

    @Test func `no story sleeps`() { tree.files.flatMap(Texts.sleeps).report() }

    @Test func `nothing is fetched`() { tree.files.flatMap(Texts.packages).report() }

    @Test func `no file names a place on somebody's machine`() {
        tree.files.flatMap { Texts.machinePaths(in: $0, root: tree.root) }.report()
    }

    @Test func `every phase has its rule, its tests and its words`() { Phases.areComplete(in: tree).report() }
    @Test func `every phase of a sync has its rule and its words`() {
        Phases.ofSyncsAreComplete(in: tree).report()
    }

    @Test func `every migration is registered`() { Migrations.areRegistered(in: tree).report() }

    @Test func `every prompt renders`() { Prompts.render(in: tree).report() }

    @Test func `the changelog leads with this version`() { Changelog.leadsWithVersion(in: tree).report() }

    @Test func `links in documents are alive`() { Links.areAlive(in: tree).report() }
}
