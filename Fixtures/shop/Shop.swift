/// An actor with a world of its own: what it sells it keeps in memory, and what some of it costs it asks its host.
///
/// As messages it knows `count`, answered with how many items it has, and `stock N`, answered with what `available`
/// answers.
struct Shop: ShopGuest {
    private var stored: [UInt32: Item] = [:]

    mutating func add(item: Item) { stored[item.id] = item }

    mutating func lookup(id: UInt32) throws(ShopError) -> Item {
        guard let item = stored[id] else { throw .unknownItem(id) }
        return item
    }

    mutating func items() -> [Item] { stored.values.sorted { $0.id < $1.id } }

    mutating func price(id: UInt32, currency: String) throws(ShopError) -> Money {
        switch try lookup(id: id).price {
        case .free: return Money(amount: 0, currency: currency)
        case .fixed(let money): return money
        case .quoted(let number): return try Pricing.quote(item: number, currency: currency)
        }
    }

    mutating func available(id: UInt32) -> UInt32 { Pricing.stock(item: id) }

    mutating func burn() { fatalError("told to burn") }

    mutating func spin() {
        while stored.count >= 0 { stored[0] = nil }
    }

    mutating func handleMessage(message: Message) throws(ActorError) -> Payload? {
        let text = String(decoding: message.payload, as: UTF8.self)
        if text == "count" { return Array(String(stored.count).utf8) }
        if text.utf8.starts(with: "stock ".utf8), let id = UInt32(String(text.utf8.dropFirst(6)) ?? "") {
            return Array(String(available(id: id)).utf8)
        }
        throw .invalidMessage("count and stock are known")
    }
}

typealias Guest = Shop
