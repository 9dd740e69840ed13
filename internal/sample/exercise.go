package sample

import "fmt"

// exercise is the facts of one page of the long report, made from its number.
type exercise struct {
	n                      int
	place, topic           string
	reports, undated, year int
}

// newExercise gives the facts of exercise n. The syllables make 13 × 17 = 221
// names, so that no two of the 187 exercises share one.
func newExercise(n int) exercise {
	first := [...]string{"Ald", "Bram", "Cor", "Dun", "Eller", "Fen", "Gar", "Hol", "Ing", "Kel", "Lar", "Mar", "Nor"}
	second := [...]string{"bury", "castle", "dale", "field", "ford", "gate", "ham", "haven", "holm", "keep", "mere", "moor", "port", "stead", "wick", "wold", "worth"}
	topics := [...]string{"harbours", "fisheries", "tariffs", "bridges", "archives", "elections", "railways", "vaccines", "forests", "treaties", "customs"}
	e := exercise{n: n, place: first[n%len(first)] + second[n%len(second)], topic: topics[n*7%len(topics)]}
	e.reports = 200 + n*37%1800
	e.undated = 3 + n*11%90
	e.year = 1990 + n*5%35
	return e
}

// facts says what is known of the library; every ninth does not say how many
// of its reports have no date.
func (e exercise) facts() string {
	text := fmt.Sprintf("The library of %s was opened in %d. It holds %d reports on %s, and its oldest shelf mark is %s-%04d.", e.place, e.year, e.reports, e.topic, e.place[:2], e.n*53)
	if e.n%9 == 0 {
		return text + " It does not say how many of them bear no date."
	}
	return text + fmt.Sprintf(" Of these reports %d bear no date.", e.undated)
}

// task asks a question about the facts.
func (e exercise) task() string {
	tasks := [...]string{
		"A reader asks for everything on %s that the library received after it was opened. Which part of the question can the catalogue answer, and which part can it not?",
		"Two files on %s arrive on the same day. Their titles agree and their bytes do not. Write down the questions that you would ask, in order.",
		"A report on %s names an institute on its cover and another one on its last page. Which is the publisher? What would you look for before you decide?",
		"A journalist wants to quote one sentence on %s. What do you send her besides the sentence?",
		"A report on %s is open on one site and reserved on another. What may an anonymous reader see until you have asked?",
	}
	return fmt.Sprintf(tasks[e.n%len(tasks)], e.topic) + " Then try this search, and see that it finds this page:"
}

// query is a search that this page answers.
func (e exercise) query() string {
	return fmt.Sprintf("%s \"%d reports on %s\"", e.place, e.reports, e.topic)
}
