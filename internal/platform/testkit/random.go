package testkit

import (
	"math/rand/v2"
	"reflect"
	"time"
)

// pieces are what random texts are made of: plain ones, and all that JSON escapes.
var pieces = []string{"Ana", " ", "<b>", "&", `"`, `\`, "\n", "\x00", "\x7f", "é", "日本", "\u2028", "\u2029", "\u2030", "\xff", "\xe2\x80", "🙂", "all", "2"}

// Random puts something into every exported field below v, a pointer: now and then
// nothing, nil, or an empty list. The same source gives the same.
func Random(r *rand.Rand, v any) { randomly(r, reflect.ValueOf(v).Elem()) }

func randomly(r *rand.Rand, v reflect.Value) {
	if r.IntN(6) == 0 {
		return
	}
	if _, ok := v.Interface().(time.Time); ok {
		v.Set(reflect.ValueOf(time.Unix(r.Int64N(1<<33), r.Int64N(1e6)*1000*int64(r.IntN(2))).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		s := ""
		for range r.IntN(5) {
			s += pieces[r.IntN(len(pieces))]
		}
		v.SetString(s)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(r.Int64() - r.Int64())
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		randomly(r, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
		for i := range v.Len() {
			randomly(r, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				randomly(r, v.Field(i))
			}
		}
	default:
		panic("testkit: nothing random for " + v.Type().String())
	}
}
