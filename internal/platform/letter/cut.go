package letter

// Reply divides a plain text into the author's own words and what is hidden: quotes
// beneath (or above) the answer, signatures, forwards, footers. An answer written
// between the lines keeps the quotes it answers. author, which may be empty, is the name
// the author goes by. When in doubt a line stays: a signature too much is better than
// a word too few.
func Reply(text, author string) (said string, cut []Hidden) {
	return divide(linesOf(text), author)
}

// role is what a line is for.
type role int

const (
	own role = iota
	quote
	passed // forwarded
	sign
	foot
)

// divide gives each line a role, and puts together again those that stay.
func divide(ls []line, author string) (string, []Hidden) {
	roles := make([]role, len(ls))
	quoteBelow(ls, roles)
	trimOwn(ls, roles, author)
	keep := answered(ls, roles)
	tidyEnds(ls, roles, keep)
	var stay []line
	var cut []Hidden
	for i := 0; i < len(ls); {
		j := i
		for j < len(ls) && roles[j] == roles[i] && keep[j] == keep[i] {
			j++
		}
		if keep[i] {
			stay = append(stay, ls[i:j]...)
		} else if text := join(ls[i:j]); text != "" {
			cut = append(cut, Hidden{whys[roles[i]], text})
		}
		i = j
	}
	return join(stay), cut
}

var whys = map[role]Why{own: Signature, quote: Quote, passed: Forward, sign: Signature, foot: Footer}

// looked is how many lines of a letter are looked at for what is not marked with ">".
// No person's own words go on for longer, and it bounds the time that patterns take.
const looked = 3000

// quoteBelow finds the quotes: what begins with ">", with the line that introduces
// it, and everything beneath a line after which nothing is the author's.
func quoteBelow(ls []line, roles []role) {
	wordsFrom := firstWord(ls)
	for i := 0; i < len(ls); {
		switch {
		case ls[i].code || ls[i].blank():
			i++
		case ls[i].mark == indents:
			roles[i] = roleBefore(ls, roles, i)
			i++
		case ls[i].quoted():
			roles[i] = quote
			i++
		case i >= looked:
			i++
		default:
			n, what, all := begins(ls, i, wordsFrom < i)
			if all {
				fill(roles, i, len(ls), what)
				return
			}
			fill(roles, i, i+n, what)
			i += max(n, 1)
		}
	}
}

// roleBefore is the role of what an indented line belongs to: a quote that was
// introduced, or the author's own words.
func roleBefore(ls []line, roles []role, i int) role {
	for i--; i >= 0; i-- {
		if !ls[i].blank() {
			return roles[i]
		}
	}
	return own
}

// begins says how many lines from i on introduce another's words, what they are, and
// whether everything that follows is part of them.
func begins(ls []line, i int, above bool) (n int, what role, all bool) {
	if ours(ls[i].bare) {
		return 1, quote, true
	}
	if n, in := introductionAt(ls, i); n > 0 {
		follows := quoteFollows(ls, i+n)
		switch {
		case follows:
			return n, quote, false
		case in.strong && (ls[i].mark == introduces || above || nothing(ls, i+n)):
			return n, quote, true
		}
		return 0, own, false
	}
	if why, ok := divider(ls[i].bare); ok {
		what = quote
		if why == Forward {
			what = passed
		}
		if quoteFollows(ls, i+1) {
			return 1, what, false
		}
		return 1, what, true
	}
	if n := headerAt(ls, i); n > 0 {
		what = quote
		if !above {
			what = passed
		}
		return n, what, !quoteFollows(ls, i+n)
	}
	return 0, own, false
}

// firstWord is the first line that has a word, or len(ls).
func firstWord(ls []line) int {
	for i := range ls {
		if words(ls[i:i+1]) > 0 {
			return i
		}
	}
	return len(ls)
}

// nothing says that only blank lines follow.
func nothing(ls []line, i int) bool { return nextFull(ls, i) == len(ls) }

func fill(roles []role, from, to int, r role) {
	for i := from; i < to && i < len(roles); i++ {
		roles[i] = r
	}
}

var markers = later(`(?i)^[-–—=#*_\s]{1,10}\s?(?:please |bitte )?(?:reply|write|type|respond|type your reply|write your reply|please type your reply) above this line\s?[-–—=#*_\s]{1,10}$`)

// ours finds the line that mails of ours, and of some others, begin with.
func ours(bare string) bool { return len(bare) < 120 && markers.MatchString(bare) }

// trimOwn takes footers and signatures out of each run of the author's lines.
func trimOwn(ls []line, roles []role, author string) {
	from := firstWord(ls)
	for i := 0; i < len(ls); {
		j := i
		for j < len(ls) && roles[j] == roles[i] {
			j++
		}
		if roles[i] == own {
			end := i + footAt(ls[i:j])
			fill(roles, end, j, foot)
			at := i + signedAt(ls[i:end], from < i)
			if j < len(ls) && roles[j] == quote {
				at = min(at, i+nameAt(ls[i:end], author))
			}
			fill(roles, at, end, sign)
		}
		i = j
	}
}

// answered decides what stays: the author's lines do, and so do the quotes that the
// author wrote between.
func answered(ls []line, roles []role) []bool {
	keep := make([]bool, len(ls))
	first, last := -1, -1
	for i := range ls {
		keep[i] = roles[i] == own
		if keep[i] && !ls[i].blank() && !ruler(ls[i].bare) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if last < 0 {
		onlyQuote(ls, roles, keep)
		return keep
	}
	if between(ls, roles, first, last) {
		for i := range last {
			keep[i] = keep[i] || roles[i] == quote
		}
	}
	return keep
}

// between says whether the author answers between quotes, so that the quotes are
// needed to understand the answer.
func between(ls []line, roles []role, first, last int) bool {
	blocks, introduced, quoteAt := 0, false, -1
	for i := 0; i <= last; i++ {
		if roles[i] == quote {
			if quoteAt < 0 {
				quoteAt, introduced = i, !ls[i].quoted()
			}
			if n := nextFull(ls, i+1); n <= last && roles[n] == own && !broken(ls, n, i) && !ruler(ls[n].bare) {
				blocks++
			}
		}
	}
	switch {
	case blocks == 0:
		return false
	case blocks > 1:
		return true
	case quoteAt < first: // one quote, and the whole answer beneath it
		return !introduced
	}
	return words(ownOf(ls[quoteAt:last+1], roles[quoteAt:])) > words(ownOf(ls[:quoteAt], roles))
}

func ownOf(ls []line, roles []role) []line {
	var mine []line
	for i, l := range ls {
		if roles[i] == own {
			mine = append(mine, l)
		}
	}
	return mine
}

// broken says that line n is the end of the quoted line before it, which a mail
// program broke without repeating the ">".
func broken(ls []line, n, before int) bool {
	if n != before+1 || len(ls[before].text) < 60 || ls[n].bare == "" {
		return false
	}
	c := ls[n].bare[0]
	return c >= 'a' && c <= 'z'
}

// onlyQuote keeps a letter that is nothing but a quote without introduction: somebody
// who types ">" before each line means it.
func onlyQuote(ls []line, roles []role, keep []bool) {
	i := nextFull(ls, 0)
	if i == len(ls) || !ls[i].quoted() || roles[i] != quote {
		return
	}
	if _, in := introductionAt([]line{{bare: ls[i].bare, text: ls[i].bare}}, 0); in.strong || headerAt(ls, i) > 0 {
		return
	}
	for ; i < len(ls); i++ {
		keep[i] = roles[i] == quote || ls[i].blank()
	}
}

// tidyEnds hides the dashes that stood between the author's words and what was cut.
func tidyEnds(ls []line, roles []role, keep []bool) {
	below := own
	for i := len(ls) - 1; i >= 0; i-- {
		switch {
		case !keep[i]:
			below = roles[i]
		case ls[i].blank():
			if below != own {
				keep[i], roles[i] = false, below
			}
		case !ruler(ls[i].bare) || roles[i] != own || below == own:
			return
		default:
			keep[i], roles[i] = false, below
		}
	}
}
