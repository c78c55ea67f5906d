/// The named types of one interface or world while they are being resolved.
struct TypeScope {
    struct Entry {
        /// The type; nil where a mistake that is reported already keeps the name from standing for anything.
        let id: TypeID?
        /// The feature whose gate keeps the type out.
        let closedBy: String?
        /// Whether the type has been resolved.
        var isReady = true
    }

    let owner: TypeDefinition.Owner
    let package: PackageID
    let file: Int
    /// Whether the interface or world itself is let in.
    let isIncluded: Bool
    /// What a name stands for; names of functions are taken too and have no entry.
    var entries: [String: Entry] = [:]
    /// The names that are taken, in lower case, with what took them.
    var names: [String: Identifier] = [:]
    /// The types that are let in, in the order of the text.
    var order: [TypeID] = []
}
