package checkins_test

import (
	"testing"

	"example.org/meantime/internal/feature/checkins"
)

// A day that is over everywhere is refused; yesterday is today still, far in the west.
func TestACheckinThatNobodyWouldBeAskedIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		try := func(r checkins.Rhythm) error {
			r.At = checkins.AtStart
			_, err := h.checkins.Make(t.Context(), h.ana, checkins.NewCheckin{Space: h.space, Name: "Retro", Template: "retro", Team: h.team, Rhythm: r})
			return err
		}
		day := func(n int) string { return h.Clock.Now().Time().AddDate(0, 0, n).Format("2006-01-02") }
		h.Refused("a day long past", try(checkins.Rhythm{Every: checkins.Once, From: day(-3)}), "past")
		h.Refused("a week long past", try(checkins.Rhythm{Every: checkins.EveryDay, From: day(-9), Until: day(-3)}), "past")
		h.must(try(checkins.Rhythm{Every: checkins.Once, From: day(0)}))
	})
}
