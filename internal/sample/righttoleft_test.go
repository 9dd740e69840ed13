package sample

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDirections(t *testing.T) {
	for _, test := range []struct {
		line string
		want []part
	}{
		{"ملخص", []part{{"ملخص", false}}},
		{"12 مايو 2023.", []part{{"12", true}, {" مايو ", false}, {"2023", true}, {".", false}}},
		{"في Greyshelf 1.0، ثم", []part{{"في ", false}, {"Greyshelf 1.0", true}, {"، ثم", false}}},
	} {
		got := directions([]rune(test.line))
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(part{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.line, diff)
		}
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "i", 4: "iv", 9: "ix", 10: "x", 12: "xii"} {
		if got := roman(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

// TestExercises checks that no two pages of the long report have the same
// library, and that the words of its last page stand nowhere in the handbook.
func TestExercises(t *testing.T) {
	places := map[string]int{}
	for n := 1; n < longBody; n++ {
		e := newExercise(n)
		if other := places[e.place]; other > 0 {
			t.Errorf("exercises %d and %d are both in %s", other, n, e.place)
		}
		places[e.place] = n
	}
	if len(longChapters())*exercisesPerOne+1 != longBody {
		t.Error("the exercises and the last page do not make the body")
	}
}
