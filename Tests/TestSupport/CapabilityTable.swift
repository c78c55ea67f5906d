internal import Foundation
package import WasmCore

/// The table of `wit/README.md` that says which capability each import of the contract needs.
package struct CapabilityTable {
    /// The capability by function, such as `messaging.send`; nil where every actor may call it.
    package let needs: [String: Capability.Kind?]

    /// Why the table could not be read.
    package enum Unreadable: Error {
        case row(String)
    }

    /// Reads the table.
    package init() throws {
        let page = try String(contentsOf: URL(filePath: Golden.root + "wit/README.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").drop { $0 != "| import | capability | subject |" }.dropFirst(2)
            .prefix { $0.hasPrefix("|") }
        var needs: [String: Capability.Kind?] = [:]
        for row in rows {
            let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            // What follows the list of functions is a condition on one that has its own row.
            guard cells.count > 1, let list = cells[0].prefixMatch(of: /`[a-z.-]+`(?:, `[a-z-]+`)*/)?.output else {
                throw Unreadable.row(String(row))
            }
            let names = list.split(separator: ", ").map { $0.dropFirst().dropLast() }
            let need = cells[1].wholeMatch(of: /`([a-z.]+)`/).flatMap { Capability.Kind(rawValue: String($0.output.1)) }
            guard let dot = names[0].firstIndex(of: "."), need != nil || cells[1].hasPrefix("none") else {
                throw Unreadable.row(String(row))
            }
            for name in names {
                let function = name.contains(".") ? String(name) : "\(names[0][...dot])\(name)"
                guard needs.updateValue(need, forKey: function) == nil else { throw Unreadable.row(String(row)) }
            }
        }
        self.needs = needs
    }
}
