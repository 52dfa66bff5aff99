package web

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// Appender is a body that writes its own JSON behind some bytes: exactly what Encode
// would write of its fields, many times as fast. A test holds each to that.
type Appender interface {
	AppendJSON(b []byte) []byte
}

// AppendText appends what stands before a value, mostly its key, and a text as JSON.
func AppendText(b []byte, before, s string) []byte {
	b = append(b, before...)
	if !plain(s) {
		quoted, _ := Encode(s) // a text cannot fail
		return append(b, quoted...)
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// plain says that a text stands in JSON as it is: nothing in it is escaped, and it
// is well-formed.
func plain(s string) bool {
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == 0x7f:
			return false
		case c >= utf8.RuneSelf:
			if c == 0xe2 { // the line separators, which are escaped, begin so
				return false
			}
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s)
}

// AppendTextOrNull is AppendText for a text that may be missing.
func AppendTextOrNull(b []byte, before string, s *string) []byte {
	if s == nil {
		return append(append(b, before...), "null"...)
	}
	return AppendText(b, before, *s)
}

// AppendTexts appends a list of texts.
func AppendTexts(b []byte, before string, list []string) []byte {
	if b = append(b, before...); list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, s := range list {
		b = AppendText(b, comma(i), s)
	}
	return append(b, ']')
}

// comma is what stands before a list's element i.
func comma(i int) string {
	if i > 0 {
		return ","
	}
	return ""
}

// AppendBool appends true or false.
func AppendBool(b []byte, before string, yes bool) []byte {
	return strconv.AppendBool(append(b, before...), yes)
}

// AppendInt appends a number.
func AppendInt(b []byte, before string, n int) []byte {
	return strconv.AppendInt(append(b, before...), int64(n), 10)
}

// AppendTime appends a moment of the years that RFC 3339 knows.
func AppendTime(b []byte, before string, t time.Time) []byte {
	b = append(append(b, before...), '"')
	return append(t.AppendFormat(b, time.RFC3339Nano), '"')
}

// AppendTimeOrNull is AppendTime for a moment that may be missing.
func AppendTimeOrNull(b []byte, before string, t *time.Time) []byte {
	if t == nil {
		return append(append(b, before...), "null"...)
	}
	return AppendTime(b, before, *t)
}

// AppendList appends the elements of a list, each by itself.
func AppendList[T any, A interface {
	*T
	Appender
}](b []byte, before string, list []T) []byte {
	if b = append(b, before...); list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = A(&list[i]).AppendJSON(b)
	}
	return append(b, ']')
}

// AppendOrNull appends something that may be missing.
func AppendOrNull[T any, A interface {
	*T
	Appender
}](b []byte, before string, v *T) []byte {
	if b = append(b, before...); v == nil {
		return append(b, "null"...)
	}
	return A(v).AppendJSON(b)
}
