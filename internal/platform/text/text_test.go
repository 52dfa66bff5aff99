package text_test

import (
	"reflect"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/text"
)

func TestRender(t *testing.T) {
	cases := []struct{ name, in, out string }{
		{"plain words", "Hello", "<p>Hello</p>\n"},
		{"a mention", "Hi @Ana.", "<p>Hi <a class=\"mention\" data-handle=\"ana\">@Ana</a>.</p>\n"},
		{"a team's mention", "(@north-team)", "<p>(<a class=\"mention\" data-handle=\"north-team\">@north-team</a>)</p>\n"},
		{"no mention in an address", "write to ana@example.org", "<p>write to <a href=\"mailto:ana@example.org\" rel=\"noopener nofollow\">ana@example.org</a></p>\n"},
		{"no mention in code", "`@ana`", "<p><code>@ana</code></p>\n"},
		{"no link within a link", "[ask @ana](/people)", "<p><a href=\"/people\" rel=\"noopener nofollow\">ask @ana</a></p>\n"},
		{"HTML is shown as typed", "<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"},
		{"no script address", "[x](javascript:alert(1))", "<p><a rel=\"noopener nofollow\">x</a></p>\n"},
		{"a picture from elsewhere is a link", "![cat](https://example.org/c.png)", "<p><a href=\"https://example.org/c.png\" rel=\"noopener nofollow\">cat</a></p>\n"},
		{
			"our own picture is shown", "![cat](/api/v1/files/file_00000000000000000000000000/content)",
			"<p><img src=\"/api/v1/files/file_00000000000000000000000000/content\" alt=\"cat\" loading=\"lazy\"></p>\n",
		},
		{"a task", "- [x] done", "<ul>\n<li><input checked=\"\" disabled=\"\" type=\"checkbox\"> done</li>\n</ul>\n"},
		{"code keeps its language", "```go\nx\n```", "<pre><code class=\"language-go\">x\n</code></pre>\n"},
		{"struck out", "~~x~~", "<p><del>x</del></p>\n"},
		{"no footnotes", "a[^1]", "<p>a[^1]</p>\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := text.Render(c.in); got != c.out {
				t.Errorf("got %q, want %q", got, c.out)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	got := text.Mentions("@ana and @Kofi.Mensah, @ana again; `@code`\n\n    @block\n\nx@y.org @-no @émile")
	if want := []string{"ana", "kofi.mensah", "emile"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestExcerptAndTitle(t *testing.T) {
	const md = "## Where *we* are\n\n- one &amp; two\n- three\n\n| a | b |\n|---|---|\n| 1 | 2 |"
	if got, want := text.Excerpt(md, 200), "Where we are one & two three a b 1 2"; got != want {
		t.Errorf("excerpt %q, want %q", got, want)
	}
	if got, want := text.Excerpt(md, 16), "Where we are…"; got != want {
		t.Errorf("short excerpt %q, want %q", got, want)
	}
	if got, want := text.Title("\n---\n\n**Budget** for `2027`?\nmore"), "Budget for 2027?"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if got := text.Title(" \n"); got != "" {
		t.Errorf("title of nothing: %q", got)
	}
	if got := text.Excerpt(strings.Repeat("ä", 5000), 200); len([]rune(got)) > 200 {
		t.Errorf("an excerpt of %d characters", len([]rune(got)))
	}
}

func TestFold(t *testing.T) {
	for _, s := range []string{"Café", "CAFE\u0301", "cafe", "ＣＡＦＥ"} {
		if got := text.Fold(s); got != "cafe" {
			t.Errorf("Fold(%q) = %q, want cafe", s, got)
		}
	}
	if got, want := text.Fold("Straße"), "strasse"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	got := text.Tokens("What's new in Zürich, 2026? 東京")
	if want := []string{"what", "s", "new", "in", "zurich", "2026", "東京"}; !reflect.DeepEqual(got, want) {
		t.Errorf("tokens %q, want %q", got, want)
	}
}

func FuzzRender(f *testing.F) {
	f.Add("# a\n\n*b* [c](d) @e `f` <g>\n\n- [ ] h\n")
	f.Fuzz(func(t *testing.T, s string) {
		harmless(t, text.Render(s))
		text.Fold(s)
		text.Title(s)
	})
}
