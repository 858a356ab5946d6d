package import Platform
import Subprocess

extension EventLoop {
    /// Has the signals call `handler` on the loop's thread, instead of what they would do, until the value
    /// that is returned goes. There can be one at a time in a process.
    package func onSignals(
        _ signals: [Int32], _ handler: @escaping (Int32) -> Void
    ) throws(SystemError) -> SignalWatch {
        let watch = SignalWatch(try SignalPipe(signals), of: self)
        try self.watch(watch.descriptor, for: .readable) { [unowned watch] _ in
            for signal in watch.take() { handler(signal) }
        }
        return watch
    }

    package final class SignalWatch {
        private let pipe: SignalPipe
        private let loop: EventLoop

        fileprivate init(_ pipe: consuming SignalPipe, of loop: EventLoop) {
            self.pipe = pipe
            self.loop = loop
        }

        fileprivate var descriptor: Int32 { pipe.descriptor }
        fileprivate func take() -> [Int32] { pipe.take() }

        deinit { loop.forget(pipe.descriptor) }
    }
}
