/// Which `@unstable` features are let in.
public enum Features: Sendable, Hashable {
    /// All of them.
    case all
    /// These; `.only([])` lets in what is stable.
    case only(Set<String>)

    func allows(_ feature: String) -> Bool {
        switch self {
        case .all: true
        case .only(let names): names.contains(feature)
        }
    }
}
