import WasmActorTrees
import WasmComponentModel

/// A function that a component exports, and the ways to name it.
struct ExportedFunction: Equatable {
    /// The full name of the interface that holds it; none at the top level.
    let interface: String?
    /// The function's name.
    let name: String
    /// Its type.
    let type: FunctionType

    /// Every function that a component exports.
    ///
    /// - Parameter type: The component's type.
    /// - Returns: The functions in the order of the file.
    static func all(of type: ComponentType) -> [ExportedFunction] {
        type.exports.flatMap { item -> [ExportedFunction] in
            switch item.type {
            case .function(let function): [ExportedFunction(interface: nil, name: item.name, type: function)]
            case .instance(let instance):
                instance.exports.compactMap { inner in
                    guard case .function(let function) = inner.type else { return nil }
                    return ExportedFunction(interface: item.name, name: inner.name, type: function)
                }
            default: []
            }
        }
    }

    /// The function that a text names.
    ///
    /// - Parameters:
    ///   - text: `interface#function`, `interface.function` or the function alone; the interface with or without its
    ///     package and version.
    ///   - functions: What there is.
    /// - Returns: The one function.
    /// - Throws: A usage error that lists what could be meant, for none or several.
    static func named(_ text: String, among functions: [ExportedFunction]) throws(CommandError) -> ExportedFunction {
        let found = functions.filter { $0.spellings.contains(text) }
        if found.count == 1 { return found[0] }
        if found.count > 1 {
            throw .usage("'\(text)' is exported more than once", hint: "Write one of:\n" + listing(found))
        }
        guard !functions.isEmpty else {
            throw .usage("no export '\(text)'", hint: "The component exports no function at all.")
        }
        let near = Suggestion.nearest(to: text, among: functions.flatMap(\.spellings))
        let question = near.map { "Did you mean '\($0)'? " } ?? ""
        throw .usage("no export '\(text)'", hint: question + "The component exports:\n" + listing(functions))
    }

    /// The name that means no other function.
    var fullName: String { interface.map { "\($0)#\(name)" } ?? name }

    private var spellings: [String] {
        guard let interface else { return [name] }
        let unversioned = String(interface.prefix { $0 != "@" })
        let short = unversioned.split(separator: "/").last.map(String.init) ?? unversioned
        return [name] + [interface, unversioned, short].flatMap { ["\($0)#\(name)", "\($0).\(name)"] }
    }

    private static func listing(_ functions: [ExportedFunction]) -> String {
        functions.map { "  \($0.fullName): \($0.type)" }.joined(separator: "\n")
    }

    /// Reads one text for each parameter.
    ///
    /// - Parameter texts: The values, in the WebAssembly Value Encoding.
    /// - Returns: The values.
    /// - Throws: A usage error that names the parameter and its type.
    func arguments(_ texts: [String]) throws(CommandError) -> [Value] {
        guard texts.count == type.parameters.count else {
            let count = type.parameters.count
            throw .usage(
                "\(name) takes \(count == 1 ? "1 argument" : "\(count) arguments"), not \(texts.count)",
                hint: "Its type is \(type)."
            )
        }
        var values: [Value] = []
        for (index, parameter) in type.parameters.enumerated() {
            do {
                values.append(try WAVEReader.value(of: texts[index], as: parameter.type))
            } catch {
                throw .usage(
                    "argument \(index + 1), '\(parameter.name)' (\(parameter.type)): \(error)",
                    hint: quotingHint(parameter.type, texts[index])
                )
            }
        }
        return values
    }

    /// Shells take the quotes of a string away: says so where that is what happened.
    private func quotingHint(_ type: ValueType, _ text: String) -> String? {
        guard type == .string, !text.hasPrefix("\"") else { return nil }
        return "A string keeps its double quotes; in a shell: '\"\(text)\"'."
    }
}
