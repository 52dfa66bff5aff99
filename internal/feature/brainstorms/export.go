package brainstorms

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Export writes the board as the actor sees it, as Markdown or "csv".
func (s *Service) Export(ctx context.Context, a actor.Actor, x id.ID, format string) (name string, out []byte, err error) {
	if format != "" && format != "md" && format != "csv" {
		return "", nil, wrong("format", "format", "Export as md or as csv.")
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, x)
		if err != nil {
			return err
		}
		bd, err := s.board(ctx, q, at, 0)
		if err != nil {
			return err
		}
		v, err := s.viewBoard(ctx, q, bd)
		if err != nil {
			return err
		}
		name, out = "brainstorm.md", markdown(at.b, v)
		if format == "csv" {
			name = "brainstorm.csv"
			out, err = table(v)
		}
		return err
	})
	return name, out, err
}

// groups lists the cards by group, those without one last, each with what was merged
// into it; best first once there are results.
func groups(v BrainstormBoard) (names []string, cards map[string][]IdeaView, merged map[string][]IdeaView) {
	cards, merged = map[string][]IdeaView{}, map[string][]IdeaView{}
	name := map[string]string{}
	for _, g := range v.Groups {
		name[g.ID] = g.Name
		if g.Name == "" {
			name[g.ID] = "Without a name"
		}
		if !slices.Contains(names, name[g.ID]) {
			names = append(names, name[g.ID])
		}
	}
	names = append(names, "")
	for _, i := range v.Ideas {
		switch {
		case i.Merged != nil:
			merged[*i.Merged] = append(merged[*i.Merged], i)
		case i.Group != nil:
			cards[name[*i.Group]] = append(cards[name[*i.Group]], i)
		default:
			cards[""] = append(cards[""], i)
		}
	}
	for _, list := range cards {
		slices.SortStableFunc(list, func(x, y IdeaView) int {
			if x.Result == nil || y.Result == nil {
				return 0
			}
			return int(x.Result.Rank - y.Result.Rank)
		})
	}
	return names, cards, merged
}

func markdown(b *Brainstorm, v BrainstormBoard) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s\n\n", plain(b.Title))
	if b.Prompt != "" {
		out.WriteString(b.Prompt + "\n\n")
	}
	fmt.Fprintf(&out, "%s\n", b.state())
	if v.Uncounted != "" {
		fmt.Fprintf(&out, "\n%s\n", v.Uncounted)
	}
	names, cards, merged := groups(v)
	for _, name := range names {
		if len(cards[name]) == 0 {
			continue
		}
		if name == "" {
			name = "Ideas"
			if len(v.Groups) > 0 {
				name = "Without a group"
			}
			cards[name] = cards[""]
		}
		fmt.Fprintf(&out, "\n## %s\n\n", plain(name))
		for _, i := range cards[name] {
			writeCard(&out, b, i, merged, "")
		}
	}
	if len(v.Outcomes) > 0 {
		out.WriteString("\n## What became of them\n\n")
		for _, o := range v.Outcomes {
			fmt.Fprintf(&out, "- %s: %s", o.Kind, plain(o.Title))
			if o.Owner != nil {
				out.WriteString(" (" + plain(o.Owner.Name) + ")")
			}
			out.WriteString("\n")
		}
	}
	return out.Bytes()
}

func writeCard(out *bytes.Buffer, b *Brainstorm, i IdeaView, merged map[string][]IdeaView, indent string) {
	fmt.Fprintf(out, "%s- ", indent)
	var parts []string
	if t := strings.Join(strings.Fields(i.Text), " "); t != "" {
		parts = append(parts, plain(t))
	}
	if i.Link != "" {
		parts = append(parts, "<"+i.Link+">")
	}
	if i.Picture != "" {
		parts = append(parts, "(with a picture)")
	}
	var about []string
	if i.Author != nil {
		about = append(about, plain(i.Author.Name))
	}
	if i.Late {
		about = append(about, "late")
	}
	if i.Room != "" {
		about = append(about, i.Room)
	}
	if i.Result != nil {
		about = append(about, scored(b, i.Result))
		if i.Result.Spread != "" {
			about = append(about, i.Result.Spread)
		}
	}
	if len(about) > 0 {
		parts = append(parts, "– *"+strings.Join(about, ", ")+"*")
	}
	out.WriteString(strings.Join(parts, " ") + "\n")
	for _, m := range merged[i.ID] {
		writeCard(out, b, m, merged, indent+"  ")
	}
	for _, n := range i.Notes {
		sign := map[string]string{"pro": "(+) ", "con": "(−) "}[n.Kind]
		fmt.Fprintf(out, "%s  - %s%s\n", indent, sign, plain(strings.Join(strings.Fields(n.Text), " ")))
	}
}

// table writes the cards as CSV (RFC 4180).
func table(v BrainstormBoard) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{{"n", "group", "text", "link", "author", "late", "room", "merged_into", "rank", "score", "voters", "spread", "pros", "cons", "comments"}}
	name, n := map[string]string{}, map[string]int64{}
	for _, g := range v.Groups {
		name[g.ID] = g.Name
	}
	for _, i := range v.Ideas {
		n[i.ID] = i.N
	}
	for _, i := range v.Ideas {
		row := []string{strconv.FormatInt(i.N, 10), "", i.Text, i.Link, "", yes(i.Late), i.Room, "", "", "", "", ""}
		if i.Group != nil {
			row[1] = name[*i.Group]
		}
		if i.Author != nil {
			row[4] = i.Author.Name
		}
		if i.Merged != nil {
			row[7] = strconv.FormatInt(n[*i.Merged], 10)
		}
		if r := i.Result; r != nil {
			row[8], row[9], row[10], row[11] = strconv.FormatInt(r.Rank, 10), strconv.FormatFloat(r.Score, 'f', -1, 64), count(r.Voters), r.Spread
		}
		notes := map[string][]string{}
		for _, x := range i.Notes {
			notes[x.Kind] = append(notes[x.Kind], x.Text)
		}
		rows = append(rows, append(row, strings.Join(notes["pro"], "\n"), strings.Join(notes["con"], "\n"), strings.Join(notes["comment"], "\n")))
	}
	for _, row := range rows {
		for k := range row {
			row[k] = harmless(row[k])
		}
	}
	err := w.WriteAll(rows)
	return out.Bytes(), err
}

// harmless keeps a spreadsheet from taking what somebody wrote for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t", rune(s[0])) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}

// count is a number, or nothing where it is not told.
func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
