/// What a component imports and exports.
///
/// See `wasmtime/component/types/component.h`.
public struct ComponentType: Hashable, Sendable {
    /// The imports in the order of the file.
    public var imports: [NamedExtern]
    /// The exports in the order of the file.
    public var exports: [NamedExtern]

    /// Makes a component type.
    ///
    /// - Parameters:
    ///   - imports: the imports in order.
    ///   - exports: the exports in order.
    public init(imports: [NamedExtern] = [], exports: [NamedExtern] = []) {
        self.imports = imports
        self.exports = exports
    }

    /// The export with this name.
    ///
    /// - Parameter name: an interface's name as in `wasm-actors:actor/lifecycle@0.1.0`, or a top-level item's name.
    /// - Returns: the export; `nil` where the component has none of that name.
    public func export(_ name: String) -> ExternType? {
        exports.first { $0.name == name }?.type
    }

    /// The import with this name.
    ///
    /// - Parameter name: an interface's name as in `wasm-actors:actor/messaging@0.1.0`, or a top-level item's name.
    /// - Returns: the import; `nil` where the component has none of that name.
    public func `import`(_ name: String) -> ExternType? {
        imports.first { $0.name == name }?.type
    }
}

/// A name and what a component or an instance imports or exports under it.
public struct NamedExtern: Hashable, Sendable {
    /// The name, as in `wasi:io/poll@0.2.0` or `handle-message`.
    public var name: String
    /// What stands under the name.
    public var type: ExternType

    /// Makes a named item.
    ///
    /// - Parameters:
    ///   - name: the name.
    ///   - type: what stands under it.
    public init(name: String, type: ExternType) {
        self.name = name
        self.type = type
    }
}

/// What a component can import or export.
public indirect enum ExternType: Hashable, Sendable {
    /// An instance: the form that an interface takes.
    case instance(InstanceType)
    /// A function.
    case function(FunctionType)
    /// A type definition.
    case type(ValueType)
    /// A resource.
    case resource(ResourceType)
    /// A nested component.
    case component(ComponentType)
    /// A core module.
    case module(ModuleType)
}

/// What an instance exports.
///
/// See `wasmtime/component/types/instance.h`.
public struct InstanceType: Hashable, Sendable {
    /// The exports in order.
    public var exports: [NamedExtern]

    /// Makes an instance type.
    ///
    /// - Parameter exports: the exports in order.
    public init(exports: [NamedExtern] = []) {
        self.exports = exports
    }

    /// The export with this name.
    ///
    /// - Parameter name: the item's name.
    /// - Returns: the export; `nil` where the instance has none of that name.
    public func export(_ name: String) -> ExternType? {
        exports.first { $0.name == name }?.type
    }
}

/// How much a core module imports and exports; this module never runs one by itself.
public struct ModuleType: Hashable, Sendable {
    /// The number of imports.
    public var importCount: Int
    /// The number of exports.
    public var exportCount: Int

    /// Makes a module type.
    ///
    /// - Parameters:
    ///   - importCount: the number of imports.
    ///   - exportCount: the number of exports.
    public init(importCount: Int, exportCount: Int) {
        self.importCount = importCount
        self.exportCount = exportCount
    }
}
