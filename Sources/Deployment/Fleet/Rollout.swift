/// Deploys to several targets: looks at all of them, and then runs what there is to run in waves.
///
/// Each target is deployed by itself, with its own lock and its own journal, as if it were the only one. So a rollout that was
/// stopped needs no memory of its own: the next one sees who is up to date.
public struct Rollout: Sendable {
    private let targets: [FleetTarget]
    private let configuration: Configuration
    private let fleet: Fleet
    private let driver: any Driver
    private let reader: any FleetReader
    private let continuesOnError: Bool

    /// - Parameters:
    ///   - configuration: What the targets have in common; it must have a fleet.
    ///   - reader: Gets every event, from several threads.
    ///   - continuesOnError: Whether every target is tried, however many fail.
    public init(
        _ targets: [FleetTarget], configuration: Configuration, driver: any Driver, reader: any FleetReader,
        continuesOnError: Bool = false
    ) {
        self.targets = targets
        self.configuration = configuration
        fleet = configuration.fleet ?? Fleet(targets: TargetSource(.entries([])))
        self.driver = driver
        self.reader = reader
        self.continuesOnError = continuesOnError
    }

    /// A target that has something to do.
    private struct Pending: Sendable {
        let index: Int
        /// How many scripts it has to run, if that is known.
        let scripts: Int?
        /// Whether its database is there, and past the folders for fresh ones.
        let isEstablished: Bool
    }

    /// Runs what is to run.
    ///
    /// - Returns: How it ended for each target.
    /// - Throws: `DeploymentError` when nothing could run for a reason that is the same for all.
    public func run() throws -> FleetOutcome {
        let stopwatch = Stopwatch()
        SignalPipe.ignoreClosedPipes()
        let scripts = try ProjectScripts(configuration: targets.first?.configuration ?? configuration)
        defer { scripts.remember() }
        let watch = try Watch { [reader] in reader.tick() }
        defer { watch.stop() }
        reader.read(
            .started(
                targets: targets.count, servers: FleetTarget.byServer(targets).count, width: fleet.width, at: .now))
        for problem in configuration.problems { reader.read(.notice(problem)) }
        for folder in scripts.doubtfulFolders { reader.read(.notice(Planner.problem(folder))) }
        let course = RolloutCourse(count: targets.count)
        let pending = try look(scripts, watch, course)
        var stopped = reasonToStop(course, watch, before: true)
        if stopped == nil { stopped = runWaves(pending, scripts, watch, course) }
        let outcome = FleetOutcome(
            results: finished(course, pending), stopped: stopped, milliseconds: stopwatch.milliseconds, at: .now)
        reader.read(.finished(outcome))
        return outcome
    }

    /// Looks at every target, and settles those for which there is nothing to do, or nothing to be done.
    ///
    /// - Returns: The others.
    private func look(_ scripts: ProjectScripts, _ watch: Watch, _ course: RolloutCourse) throws -> [Pending] {
        // What is dropped first has everything to do.
        if configuration.recreate {
            return targets.indices.map { Pending(index: $0, scripts: nil, isEstablished: false) }
        }
        let looks = try FleetLook(targets, scripts: scripts, driver: driver).run(
            width: fleet.width, isInterrupted: { watch.signal != nil })
        var pending: [Pending] = []
        var summary = FleetLookSummary(upToDate: 0, toDeploy: 0, failed: 0)
        for (index, look) in looks.enumerated() {
            if let trouble = look?.trouble {
                summary.failed += 1
                settle(TargetResult(targets[index], .failed, remaining: look?.pending, trouble: trouble), index, course)
            } else if look?.isUpToDate == true {
                summary.upToDate += 1
                settle(TargetResult(targets[index], .upToDate, remaining: 0), index, course)
            } else {
                summary.toDeploy += 1
                pending.append(
                    Pending(index: index, scripts: look?.pending, isEstablished: look?.isEstablished == true))
            }
        }
        reader.read(.looked(summary))
        return pending
    }

    private func settle(_ result: TargetResult, _ index: Int, _ course: RolloutCourse) {
        course.set(result, at: index)
        reader.read(.targetFinished(result))
    }

    /// Why nothing more should start, if so.
    private func reasonToStop(_ course: RolloutCourse, _ watch: Watch, before isBeforeAll: Bool = false) -> String? {
        if let signal = watch.signal { return "Stopped by signal \(signal)." }
        let failures = course.failures
        guard !continuesOnError, failures > fleet.maxFailures else { return nil }
        let limit = fleet.maxFailures == 0 ? "" : ", more than max_failures = \(fleet.maxFailures)"
        return isBeforeAll
            ? "\(counted(failures, "database")) cannot be deployed\(limit), so nothing was started."
            : "\(counted(failures, "database")) failed in this wave\(limit), so no other was started."
    }

    /// - Returns: Why it stopped before the end, if it did.
    private func runWaves(
        _ pending: [Pending], _ scripts: ProjectScripts, _ watch: Watch, _ course: RolloutCourse
    ) -> String? {
        let ranges = WaveSize.ranges(fleet.waves, of: pending.count)
        for (number, range) in ranges.enumerated() {
            course.beginWave()
            let wave = FleetWave(number: number + 1, of: ranges.count, targets: range.count)
            reader.read(.waveStarted(wave))
            runWave(Array(pending[range]), scripts, watch, course)
            reader.read(.waveFinished(wave, failures: course.failures))
            // With none left there is nothing to stop.
            if let reason = reasonToStop(course, watch), course.hasOpen(pending.map(\.index)) { return reason }
        }
        return nil
    }

    private func runWave(
        _ wave: [Pending], _ scripts: ProjectScripts, _ watch: Watch, _ course: RolloutCourse
    ) {
        let deployment = TargetDeployment(
            driver: driver, reader: reader, part: Deploy.FleetPart(scripts: scripts, watch: watch))
        let established = Set(wave.filter(\.isEstablished).map(\.index))
        let lists = FleetTarget.byServer(targets, wave.map(\.index))
        ServerThreads(width: fleet.width).run(lists, start: { SessionPool(driver: driver) }) { index, pool in
            if reasonToStop(course, watch) != nil { return false }
            let result = deployment.run(targets[index], established.contains(index) ? pool : nil)
            settle(result, index, course)
            return reasonToStop(course, watch) == nil
        }
    }

    /// The results, with those targets that had no turn.
    private func finished(_ course: RolloutCourse, _ pending: [Pending]) -> [TargetResult] {
        var remaining: [Int: Int] = [:]
        for target in pending { remaining[target.index] = target.scripts }
        return course.results.enumerated().map { index, result in
            if let result { return result }
            let result = TargetResult(targets[index], .notStarted, remaining: remaining[index])
            reader.read(.targetFinished(result))
            return result
        }
    }
}
