package brainstorms_test

import (
	"cmp"
	"slices"
	"strconv"
	"testing"

	"example.org/meantime/internal/feature/brainstorms"
	"example.org/meantime/internal/platform/id"
)

// The last of three is laid before the first, so often that there is no room left between
// any two places: the order is what was asked for, of ideas and of groups.
func TestTheOrderOutlastsItsRoom(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		x := h.begin(func(n *brainstorms.NewBrainstorm) { n.Settings.ByHand = true })
		var ideas, groups []id.ID
		for n := range 3 {
			ideas = append(ideas, h.write(h.ana, x, "Idea "+strconv.Itoa(n)).ID)
		}
		h.step(x, brainstorms.Collect)
		for n := range 3 {
			g, err := h.storms.MakeGroup(ctx, h.ana, x, brainstorms.NewGroup{Name: "Group " + strconv.Itoa(n)})
			h.must(err)
			groups = append(groups, g.ID)
		}
		in := groups[0]
		for _, i := range ideas {
			_, err := h.storms.Move(ctx, h.ana, x, i, in, id.ID{})
			h.must(err)
		}
		for range 70 {
			_, err := h.storms.Move(ctx, h.ana, x, ideas[2], in, ideas[0])
			h.must(err)
			_, err = h.storms.ChangeGroup(ctx, h.ana, x, groups[2], nil, &groups[0])
			h.must(err)
			ideas = []id.ID{ideas[2], ideas[0], ideas[1]}
			groups = []id.ID{groups[2], groups[0], groups[1]}
			bd := h.board(h.ana, x)
			slices.SortFunc(bd.Ideas, func(a, b brainstorms.Idea) int { return cmp.Compare(a.Place, b.Place) })
			slices.SortFunc(bd.Groups, func(a, b brainstorms.Group) int { return cmp.Compare(a.Place, b.Place) })
			for n := range 3 {
				if bd.Ideas[n].ID != ideas[n] || bd.Groups[n].ID != groups[n] {
					t.Fatalf("the order is ideas %v and groups %v, want %v and %v", bd.Ideas, bd.Groups, ideas, groups)
				}
			}
		}
	})
}
