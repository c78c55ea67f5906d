/// A guest that answers every call by making the same one of its host.
struct Wide: WideGuest {
    mutating func echoEight(marks: EightFlags) -> EightFlags { Values.echoEight(marks: marks) }
    mutating func echoSeventeen(marks: SeventeenFlags) -> SeventeenFlags { Values.echoSeventeen(marks: marks) }
    mutating func echoAll(marks: AllFlags) -> AllFlags { Values.echoAll(marks: marks) }
    mutating func echoName(name: ManyNames) -> ManyNames { Values.echoName(name: name) }
    mutating func echoCase(value: ManyCases) -> ManyCases { Values.echoCase(value: value) }
    mutating func echoTree(tree: Tree) -> Tree { Values.echoTree(tree: tree) }
    mutating func echoNested(table: Nested) -> Nested { Values.echoNested(table: table) }
    mutating func echoNumbers(table: [Int64: Bool]) -> [Int64: Bool] { Values.echoNumbers(table: table) }

    mutating func echoLetters(
        table: [Unicode.Scalar: (UInt16, [String])]
    ) -> [Unicode.Scalar: (UInt16, [String])] {
        Values.echoLetters(table: table)
    }

    mutating func echoTruths(table: [Bool: Double]?) -> [Bool: Double]? { Values.echoTruths(table: table) }

    mutating func echoBoth(tree: Tree, table: Nested, marks: AllFlags) -> (Tree, Nested, AllFlags) {
        Values.echoBoth(tree: tree, table: table, marks: marks)
    }
}

typealias Guest = Wide
