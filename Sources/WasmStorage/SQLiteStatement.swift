internal import CSQLite

/// A value that a statement is given.
enum SQLiteValue {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null
}

/// A compiled statement; used by its connection alone.
@safe final class SQLiteStatement {
    fileprivate let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit {
        unsafe sqlite3_finalize(handle)
    }

    func bind(_ value: SQLiteValue, at index: CInt) -> CInt {
        switch value {
        case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
        case .text(let text): bind(Array(text.utf8), at: index, asText: true)
        case .blob(let bytes): bind(bytes, at: index, asText: false)
        case .null: unsafe sqlite3_bind_null(handle, index)
        }
    }

    private func bind(_ bytes: [UInt8], at index: CInt, asText: Bool) -> CInt {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe asText
                ? wasm_storage_bind_text(handle, index, buffer.baseAddress, CInt(buffer.count))
                : wasm_storage_bind_blob(handle, index, buffer.baseAddress, CInt(buffer.count))
        }
    }

    func step() -> CInt { unsafe sqlite3_step(handle) }

    func reset() {
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }
}

/// The row that a statement stands at.
struct SQLiteRow: ~Copyable {
    private let statement: SQLiteStatement

    init(_ statement: SQLiteStatement) {
        self.statement = statement
    }

    func integer(_ column: CInt) -> Int64 { unsafe sqlite3_column_int64(statement.handle, column) }

    func blob(_ column: CInt) -> [UInt8] {
        let bytes = unsafe sqlite3_column_blob(statement.handle, column)
        let count = unsafe Int(sqlite3_column_bytes(statement.handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
    }

    func text(_ column: CInt) -> String { String(decoding: blob(column), as: UTF8.self) }
}
