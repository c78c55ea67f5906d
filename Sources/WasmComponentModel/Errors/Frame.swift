/// One frame of a guest's backtrace, the innermost first.
///
/// See `wasm_frame_*` in `wasm.h` and `wasmtime_frame_*` in `wasmtime/trap.h`.
public struct Frame: Hashable, Sendable {
    /// The function's name where the component carries one, escaped and cut to 128 characters.
    public var functionName: String?
    /// The module's name where the component carries one, escaped and cut to 128 characters.
    public var moduleName: String?
    /// The function's index in its module.
    public var functionIndex: UInt32
    /// The offset of the instruction in the function, in bytes.
    public var functionOffset: Int
    /// The offset of the instruction in the module, in bytes.
    public var moduleOffset: Int

    /// Makes a frame.
    ///
    /// - Parameters:
    ///   - functionName: the function's name.
    ///   - moduleName: the module's name.
    ///   - functionIndex: the function's index in its module.
    ///   - functionOffset: the offset in the function, in bytes.
    ///   - moduleOffset: the offset in the module, in bytes.
    public init(
        functionName: String? = nil,
        moduleName: String? = nil,
        functionIndex: UInt32,
        functionOffset: Int,
        moduleOffset: Int
    ) {
        self.functionName = functionName
        self.moduleName = moduleName
        self.functionIndex = functionIndex
        self.functionOffset = functionOffset
        self.moduleOffset = moduleOffset
    }
}

extension Frame: CustomStringConvertible {
    /// The frame as `module!function+0x12`.
    public var description: String {
        let function = functionName ?? "function \(functionIndex)"
        return "\(moduleName.map { "\($0)!" } ?? "")\(function)+0x\(String(functionOffset, radix: 16))"
    }
}
