import WITModel

/// Finds the worlds that a configuration names.
enum WorldSelection {
    static func select(
        _ names: [BindingsConfiguration.Located],
        of package: PackageID? = nil,
        in resolve: Resolve,
        _ mistakes: inout [Diagnostic]
    ) -> [WorldID] {
        let package = package ?? resolve.main
        let own = resolve[package].worlds
        guard !names.isEmpty else {
            if own.isEmpty {
                mistakes.append(
                    Diagnostic(
                        "package `\(resolve[package].name)` has no world",
                        at: nil,
                        hint: "declare one: `world name { export ...; }`"
                    )
                )
            }
            return own
        }
        var found: [WorldID] = []
        for name in names {
            let qualified = resolve.packages.flatMap(\.worlds).filter { id in
                resolve[resolve[id].package].name.qualifying(resolve[id].name) == name.text
            }
            if let id = own.first(where: { resolve[$0].name == name.text }) ?? qualified.first {
                if !found.contains(id) { found.append(id) }
                continue
            }
            let known = own.map { "\"\(resolve[$0].name)\"" }.joined(separator: ", ")
            mistakes.append(
                Diagnostic(
                    "package `\(resolve[package].name)` has no world \"\(name.text)\"",
                    at: name.span,
                    hint: known.isEmpty ? "it has no world at all" : "it has \(known)"
                )
            )
        }
        return found
    }
}
