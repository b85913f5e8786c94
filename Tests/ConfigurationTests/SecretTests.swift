import Deployment
import Testing

@Suite struct SecretTests {
    @Test func neverPrinted() {
        #expect("\(Secret("x"))" == "•••")
    }
}
