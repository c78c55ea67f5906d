/// What one component, component type or instance type defines, by index: as much as is needed to find the resources
/// that a component exports and to add definitions at its end.
///
/// It decides nothing about validity, which libwasmtime does.
struct ComponentScope {
    typealias Unreadable = BinaryReader.Unreadable

    /// What a name or an index stands for.
    indirect enum Shape {
        case resource
        case instance(Items)
        case component(Items)
        case function
        /// A type that is no resource, a value, or something of the core.
        case other
    }

    /// What an instance or a component exports.
    struct Items {
        let shapes: [String: Shape]
        private let depth: Int

        /// Instances in instances deeper than this are not read: to release a chain of them takes a stack as deep.
        private static let maximumDepth = 100

        init(_ shapes: [String: Shape]) throws(Unreadable) {
            var depth = 0
            for case .instance(let items) in shapes.values { depth = max(depth, items.depth) }
            for case .component(let items) in shapes.values { depth = max(depth, items.depth) }
            guard depth < Self.maximumDepth else { throw Unreadable() }
            self.shapes = shapes
            self.depth = depth + 1
        }
    }

    /// The sorts that have an index space here; the numbers are those of the binary format.
    enum Sort: UInt8 {
        case function = 1
        case value = 2
        case type = 3
        case component = 4
        case instance = 5
    }

    /// An export: its name, and where it stands in the index space of its sort.
    struct Export {
        let name: String
        let sort: Sort?
        let index: Int
        let shape: Shape
    }

    private(set) var types: [Shape] = []
    private(set) var instances: [Shape] = []
    private(set) var components: [Shape] = []
    private(set) var functionCount = 0
    private(set) var coreFunctionCount = 0
    private(set) var exports: [Export] = []

    /// The scopes around this one, the nearest last.
    let outer: [ComponentScope]

    /// Components and types nested deeper than this are not read.
    private static let maximumDepth = 16

    init(in outer: [ComponentScope] = []) throws(Unreadable) {
        guard outer.count < Self.maximumDepth else { throw Unreadable() }
        self.outer = outer
    }

    /// The exports by name.
    func exportItems() throws(Unreadable) -> Items {
        try Items(Dictionary(exports.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Adds a definition to the index space of its sort and answers its index there.
    @discardableResult
    mutating func add(_ sort: Sort?, _ shape: Shape) -> Int {
        switch sort {
        case .type:
            types.append(shape)
            return types.count - 1
        case .instance:
            instances.append(shape)
            return instances.count - 1
        case .component:
            components.append(shape)
            return components.count - 1
        case .function:
            functionCount += 1
            return functionCount - 1
        case .value, nil: return 0
        }
    }

    mutating func addCoreFunction() {
        coreFunctionCount += 1
    }

    mutating func addExport(_ name: String, _ sort: Sort?, _ shape: Shape) {
        exports.append(Export(name: name, sort: sort, index: add(sort, shape), shape: shape))
    }

    /// What stands at an index.
    func shape(_ sort: Sort?, _ index: Int) throws(Unreadable) -> Shape {
        let space: [Shape]
        switch sort {
        case .type: space = types
        case .instance: space = instances
        case .component: space = components
        case .function: return .function
        case .value, nil: return .other
        }
        guard space.indices.contains(index) else { throw Unreadable() }
        return space[index]
    }

    /// What an instance exports under a name.
    func export(_ name: String, of instance: Int) throws(Unreadable) -> Shape {
        guard case .instance(let exports) = try shape(.instance, instance), let shape = exports.shapes[name] else {
            throw Unreadable()
        }
        return shape
    }
}
