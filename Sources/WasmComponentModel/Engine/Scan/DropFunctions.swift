/// Functions added to a component, each of which drops one of the resources that it exports.
///
/// The C API has no asynchronous form of `wasmtime_component_resource_any_drop`, so that a destructor could not run in
/// an asynchronous store. `canon resource.drop` lifted into a function of the component is an ordinary call, which
/// suspends as any other does. The definitions go to the end of the binary and change nothing that stands before.
///
/// See *Canonical Definitions* in `Explainer.md` and `Binary.md` of the component model.
struct DropFunctions {
    /// The names of the functions' exports: none that the component has.
    let names: [String]
    /// The component with the functions.
    let bytes: [UInt8]

    /// More resources than this are not exported by any component that is worth the copy.
    private static let maximumCount = 1_000

    /// Adds functions to a component; `nil` where it exports no resource, or holds something that is not understood.
    init?(_ component: [UInt8]) {
        var reader = BinaryReader(component)
        guard let scope = try? ComponentScope(component: &reader) else { return nil }
        var aliases: [[UInt8]] = []
        var resources: [Int] = []
        for export in scope.exports {
            switch export.shape {
            case .resource: resources.append(export.index)
            case .instance(let items):
                for (name, shape) in items.shapes.sorted(by: { $0.key < $1.key }) {
                    guard case .resource = shape else { continue }
                    resources.append(scope.types.count + aliases.count)
                    aliases.append([0x03, 0x00] + Self.number(export.index) + Self.text(name))
                }
            default: break
            }
        }
        guard (1...Self.maximumCount).contains(resources.count) else { return nil }
        names = Self.names(resources.count, unlike: scope.exports.map(\.name))
        bytes = component + Self.sections(scope, aliases, resources, names)
    }

    /// Each resource has a `resource.drop`, a type `own<resource>`, a type `func(handle: own<resource>)`, and a function.
    private static func sections(
        _ scope: ComponentScope,
        _ aliases: [[UInt8]],
        _ resources: [Int],
        _ names: [String]
    ) -> [UInt8] {
        let firstType = scope.types.count + aliases.count
        var types: [[UInt8]] = []
        for resource in resources {
            let owned = firstType + types.count
            types.append([0x69] + number(resource))
            types.append([0x40, 0x01] + text("handle") + typeIndex(owned) + [0x01, 0x00])
        }
        let lifts = resources.indices.map { position in
            [0x00, 0x00] + number(scope.coreFunctionCount + position) + [0x00]
                + number(firstType + 2 * position + 1)
        }
        let exports = names.enumerated().map { position, name in
            [0x00] + text(name) + [0x01] + number(scope.functionCount + position) + [0x00]
        }
        return section(6, aliases) + section(8, resources.map { [0x03] + number($0) }) + section(7, types)
            + section(8, lifts) + section(11, exports)
    }

    /// Names that no export has: they differ in more than their case.
    private static func names(_ count: Int, unlike names: [String]) -> [String] {
        let taken = Set(names.map { $0.lowercased() })
        return Array((0...).lazy.map { "swift-drop-r\($0)" }.filter { !taken.contains($0) }.prefix(count))
    }

    private static func section(_ id: UInt8, _ elements: [[UInt8]]) -> [UInt8] {
        guard !elements.isEmpty else { return [] }
        let content = number(elements.count) + elements.joined()
        return [id] + number(content.count) + content
    }

    private static func text(_ text: String) -> [UInt8] {
        number(text.utf8.count) + Array(text.utf8)
    }

    /// A number in LEB128.
    static func number(_ value: Int) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    /// A type's index where a primitive type, a negative number, could stand: in signed LEB128.
    private static func typeIndex(_ value: Int) -> [UInt8] {
        var bytes = number(value)
        if let last = bytes.last, last & 0x40 != 0 {
            bytes[bytes.count - 1] = last | 0x80
            bytes.append(0)
        }
        return bytes
    }
}
