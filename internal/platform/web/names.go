package web

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

var typeName = regexp.MustCompile(`(?:[\w.-]+/)*(\w+)\.(\w+)`)

// schemaName names a type in the API's description by its package and its name,
// so that two packages may each have a SpaceView.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" || !strings.Contains(t.String(), ".") {
		return huma.DefaultSchemaNamer(t, hint)
	}
	var b strings.Builder
	for _, m := range typeName.FindAllStringSubmatch(t.String(), -1) {
		if m[1] != "web" {
			b.WriteString(title(m[1]))
		}
		b.WriteString(title(m[2]))
	}
	return b.String()
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
