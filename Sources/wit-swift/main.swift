import WITModel

let path = CommandLine.arguments.last ?? ""
do {
    let resolve = try Resolve(
        SourceTree(path: path),
        features: CommandLine.arguments.contains("--all-features") ? .all : .only(["active"])
    )
    for world in resolve.worlds {
        print(world.name, world.imports.map(\.name), world.exports.map(\.name))
    }
} catch {
    print(error)
}
