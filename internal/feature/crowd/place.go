package crowd

import (
	"context"
	"fmt"
	"math"
	"strings"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// place is a space and its members, who are every stride-th person from the first
// on: so they need not be remembered.
type place struct {
	id                  id.ID
	private             bool
	size, first, stride int
}

const (
	mostSpaces  = 2000
	mostMembers = 20_000
	mostTeams   = 2000
)

// sizeOf is how many members the space of a rank has: from everybody to two.
func (g *generator) sizeOf(rank int) int {
	n := float64(g.Size.People) / math.Pow(float64(rank+1), 1.1)
	return min(max(2, int(n)), mostMembers, g.Size.People)
}

// member is the k-th member of a space.
func (g *generator) member(p *place, k int) int { return (p.first + k*p.stride) % g.Size.People }

// some picks a member; the first ones say the most.
func (g *generator) some(p *place) int {
	u := g.r.Float64()
	return g.member(p, int(float64(p.size)*u*u*u))
}

func (g *generator) fillSpaces(ctx context.Context) error {
	n := min(mostSpaces, 3+int(math.Pow(float64(g.Size.People), 0.55)))
	for rank := range n {
		p := place{private: rank%4 == 3, size: g.sizeOf(rank), first: g.r.IntN(g.Size.People), stride: 1}
		for p.stride = 1 + g.r.IntN(g.Size.People-1); divisor(p.stride, g.Size.People) != 1; {
			p.stride = 1 + p.stride%(g.Size.People-1)
		}
		members := []id.ID{g.owner.Person, g.people[Busy]}
		for k := range p.size {
			members = append(members, g.people[g.member(&p, k)])
		}
		name := fmt.Sprintf("%s %d", g.say.phrase(2), rank+1)
		err := g.write(ctx, func(ctx context.Context, tx *db.Tx) error {
			sp, err := g.Spaces.BulkSpaceTx(ctx, tx, spaces.NewSpace{Name: name, Private: p.private, Members: members}, strings.ToLower(strings.ReplaceAll(name, " ", "-")))
			p.id = sp.ID
			return err
		})
		if err != nil {
			return err
		}
		g.places = append(g.places, p)
		g.progress("Spaces", int64(rank+1), int64(n))
	}
	g.made.Spaces = n
	return nil
}

func (g *generator) fillTeams(ctx context.Context) error {
	n := min(mostTeams, g.Size.People/20)
	for start := 0; start < n; start += 50 {
		err := g.write(ctx, func(ctx context.Context, tx *db.Tx) error {
			for i := start; i < min(start+50, n); i++ {
				members := []id.ID{}
				for k := range 3 + i%15 {
					members = append(members, g.people[(i*20+k)%g.Size.People])
				}
				name := fmt.Sprintf("Team %d", i+1)
				if _, err := g.House.People.MakeTeamTx(ctx, tx, g.owner.Person, name, fmt.Sprintf("team-%d", i+1), members); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	g.made.Teams = n
	return nil
}

// divisor is the greatest number that divides both.
func divisor(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
