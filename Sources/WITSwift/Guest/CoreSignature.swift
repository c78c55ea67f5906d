/// The core function type of a component function, as the canonical ABI flattens it.
struct CoreSignature: Hashable, Sendable {
    let parameters: [CoreType]
    let result: CoreType?
    /// Whether all parameters lie in memory and one address is passed.
    let spillsParameters: Bool
    /// Whether the result lies in memory: an import is passed the place, an export returns it.
    let returnsThroughMemory: Bool

    init(importing function: BindingsFunction, _ layout: CanonicalLayout) {
        self.init(function, layout, isImport: true)
    }

    init(exporting function: BindingsFunction, _ layout: CanonicalLayout) {
        self.init(function, layout, isImport: false)
    }

    private init(_ function: BindingsFunction, _ layout: CanonicalLayout, isImport: Bool) {
        let flat = function.arguments.flatMap(layout.flat)
        let results = function.result.map(layout.flat) ?? []
        spillsParameters = flat.count > CanonicalLayout.flatParameterLimit
        returnsThroughMemory = results.count > CanonicalLayout.flatResultLimit
        let passed = spillsParameters ? [.i32] : flat
        parameters = returnsThroughMemory && isImport ? passed + [.i32] : passed
        result = returnsThroughMemory ? (isImport ? nil : .i32) : results.first
    }
}
