package slack

// Limits for tests: a bomb need not be large to be one.

// WithLimits gives options with smaller limits.
func WithLimits(entries int, total, ratio, free int64, element int) Options {
	return Options{limits: limits{entries: entries, total: total, ratio: ratio, free: free, element: element}}
}

// PartReplies is how many replies a part of a long thread holds.
const PartReplies = partReplies
