/// The named types of one interface or world while they are being resolved.
struct TypeScope {
    struct Entry {
        let syntax: TypeDefinitionSyntax?
        let id: TypeID
        var state: Resolver.State
    }

    let owner: TypeDefinition.Owner
    let package: PackageID
    let file: Int
    /// What a name stands for; names of functions are taken too and have no entry.
    var entries: [String: Entry] = [:]
    var names: Set<String> = []
    /// The types in the order of the text.
    var order: [TypeID] = []
}
