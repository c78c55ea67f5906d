/// The types of WIT that are one value by themselves.
enum Scalar: String, Sendable {
    case bool, s8, u8, s16, u16, s32, u32, s64, u64, f32, f64, char, string

    /// The Swift type.
    var swift: String {
        switch self {
        case .bool: "Swift.Bool"
        case .s8: "Swift.Int8"
        case .u8: "Swift.UInt8"
        case .s16: "Swift.Int16"
        case .u16: "Swift.UInt16"
        case .s32: "Swift.Int32"
        case .u32: "Swift.UInt32"
        case .s64: "Swift.Int64"
        case .u64: "Swift.UInt64"
        case .f32: "Swift.Float"
        case .f64: "Swift.Double"
        case .char: "Swift.Unicode.Scalar"
        case .string: "Swift.String"
        }
    }
}

extension BindingsType {
    /// The scalar that the type is, behind its names.
    var scalar: Scalar? {
        if case .primitive(_, let wit) = resolved { Scalar(rawValue: wit) } else { nil }
    }
}
