package push

import (
	"context"
	"slices"

	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// mostActs is how many buttons browsers show in a notification.
const mostActs = 2

// acts are the buttons of a note about one thing. A note about several has none: it
// would not be clear which is meant.
func (s *Service) acts(ctx context.Context, workspace id.ID, d Digest) ([]act, error) {
	if s.links == nil || len(d.Items) != 1 || d.Items[0].Ref.ID.IsZero() {
		return nil, nil
	}
	list, err := s.links.Links(ctx, workspace, d.Person, d.ID, d.Items[0].Ref)
	return actsOf(list, d.Urgency), err
}

// actsOf picks the buttons: answers by a press, those that want words, then to say by
// when. What is urgent is acknowledged first, at once and without a time, so that nobody
// else is woken. Of more answers than there is room for none is shown, since two would
// look like all.
func actsOf(list []describe.Link, u worktime.Urgency) []act {
	var presses, words, seen []act
	for _, l := range list {
		a := act{Label: oneLine(l.Label, 30), Says: oneLine(l.Says, 120), URL: ownPath(l.Path)}
		switch l.Do {
		case describe.Yes, describe.Done, describe.Choose:
			presses = append(presses, a)
		case describe.No, describe.Say:
			a.Words = true
			words = append(words, a)
		case describe.Acknowledge:
			if a.Words = u != worktime.Urgent; !a.Words {
				a.Label = "Acknowledge"
			}
			seen = append(seen, a)
		}
	}
	if len(presses) > mostActs {
		presses = nil
	}
	out := slices.Concat(presses, words, seen)
	if u == worktime.Urgent {
		out = slices.Concat(seen, presses, words)
	}
	return out[:min(len(out), mostActs)]
}
