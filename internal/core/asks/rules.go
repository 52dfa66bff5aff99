package asks

import (
	"strconv"

	"example.org/meantime/internal/platform/clock"
)

// needed is how many answers the ask waits for, and how many it has. Whoever
// declined, passed on or was released is not waited for.
func (a *Ask) needed() (answered, needed int) {
	still := 0
	for _, o := range a.Owed {
		switch {
		case o.State == Answered:
			answered++
		case o.Open() && !o.InStead: // whoever was asked in their stead may answer, and need not
			still++
		}
	}
	switch a.Need {
	case NeedAll:
		return answered, max(answered+still, 1)
	case NeedAny:
		return answered, 1
	}
	k, _ := strconv.Atoi(a.Need)
	return answered, k
}

// enough says whether the answers given settle the ask. One answer given in the
// stead of the silent is enough.
func (a *Ask) enough() bool {
	for _, o := range a.Owed {
		if o.InStead && o.State == Answered {
			return true
		}
	}
	answered, needed := a.needed()
	return answered > 0 && answered >= needed
}

// anyOpen says whether somebody is still expected to act.
func (a *Ask) anyOpen() bool {
	for _, o := range a.Owed {
		if o.Open() {
			return true
		}
	}
	return false
}

// lastDue is the latest due of those who are, or were, expected to answer.
func (a *Ask) lastDue() (latest clock.Instant) {
	for _, o := range a.Owed {
		if o.State != Passed && o.State != Declined {
			latest = max(latest, o.Due)
		}
	}
	return latest
}

// byReply says whether a written reply answers this kind without being told to.
func (k Kind) byReply() bool { return k == Reply || k == Review || k == Decide || k == CheckIn }

func (k Kind) valid() bool {
	switch k {
	case Reply, Review, Approve, Decide, Do, Acknowledge, CheckIn:
		return true
	}
	return false
}

// OneClick lists the values that answer this kind without words; a decision's
// are its choices.
func (a *Ask) OneClick() []string {
	switch a.Kind {
	case Approve:
		return []string{"yes", "no"}
	case Do:
		return []string{"done"}
	case Acknowledge:
		return []string{"ok"}
	case Decide:
		return a.Choices.V
	}
	return nil
}
