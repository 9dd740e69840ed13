package describe

import (
	"strings"

	"github.com/greyshelf/greyshelf"
)

// ink is how a line of a hand-built page is set.
type ink struct {
	text string
	size float64
	bold bool
	y    float64 // upper edge, 0..1; 0: beneath the line before
	x    float64 // left edge, 0..1; 0: the usual margin
}

// paper makes a document of hand-built pages.
func paper(pages ...[]ink) *Document {
	doc := &Document{Bytes: 123_456, Name: "upload.pdf"}
	for i, inks := range pages {
		doc.Pages = append(doc.Pages, handPage(i+1, inks))
	}
	doc.Info.Pages = len(doc.Pages)
	return doc
}

// handPage sets lines on a page of 600 by 800 points; a letter is half as wide
// as high.
func handPage(index int, inks []ink) Page {
	page := Page{Fonts: true}
	page.Index, page.Width, page.Height = index, 600, 800
	var text []rune
	y := 0.15
	for _, line := range inks {
		if line.size == 0 {
			line.size = 10
		}
		if line.x == 0 {
			line.x = 0.12
		}
		if line.y > 0 {
			y = line.y
		}
		if len(text) > 0 {
			text = append(text, '\n')
		}
		start, height := len(text), 1.1*line.size/800
		text = append(text, []rune(line.text)...)
		if isRightToLeft(line.text) {
			line.x = 0.9 - 0.45*line.size/600*float64(len([]rune(line.text)))
		}
		letter := 0.45 * line.size / 600
		page.Words = append(page.Words, handWords(line.text, start, line.x, y, letter, height)...)
		width := letter * float64(len(text)-start)
		page.Lines = append(page.Lines, Line{
			Text: line.text, Start: start, End: len(text), Size: line.size, Bold: line.bold, Page: index,
			Box: greyshelf.Box{line.x, y, min(1, line.x+width), y + height},
		})
		y += 1.35 * height
	}
	page.Text = string(text)
	return page
}

func handWords(line string, start int, x, y, letter, height float64) []greyshelf.Word {
	var words []greyshelf.Word
	from, runes := -1, append([]rune(line), ' ')
	for i, r := range runes {
		if r != ' ' && from < 0 {
			from = i
		}
		if r == ' ' && from >= 0 {
			words = append(words, greyshelf.Word{Start: start + from, End: start + i,
				Box: greyshelf.Box{min(1, x+letter*float64(from)), y, min(1, x+letter*float64(i)), y + height}})
			from = -1
		}
	}
	return words
}

// prose gives lines of running text.
func prose(text string) []ink {
	var lines []ink
	var line strings.Builder
	for _, word := range strings.Fields(text) {
		if line.Len() > 0 && line.Len()+len(word) > 90 {
			lines = append(lines, ink{text: line.String()})
			line.Reset()
		}
		if line.Len() > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(word)
	}
	return append(lines, ink{text: line.String()})
}

// page joins groups of lines.
func page(groups ...[]ink) []ink {
	var all []ink
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

const english = `The harbour was rebuilt after the war, and the council that paid for it kept every paper. Most of the
papers lay in boxes for decades. When they were read at last, they told another story than the one that everybody knew. This
report follows the papers through three archives and shows what they say about the cost of the works and about those who paid it.`

const french = `Le port a été reconstruit après la guerre, et le conseil qui a payé les travaux a gardé chaque document. La plupart
de ces papiers sont restés dans des cartons pendant des décennies. Lorsqu'ils ont enfin été lus, ils racontaient une autre histoire
que celle que tout le monde connaissait.`

const russian = `Порт был восстановлен после войны, и совет, оплативший работы, сохранил каждый документ. Большинство бумаг
десятилетиями лежало в коробках. Когда их наконец прочитали, они рассказали совсем другую историю, чем та, которую все знали.
Этот доклад прослеживает судьбу документов в трёх архивах.`

const arabic = `أعيد بناء الميناء بعد الحرب، وقد احتفظ المجلس الذي دفع تكاليف الأعمال بكل ورقة من الأوراق. وبقيت معظم الأوراق في صناديق
لعقود طويلة. وعندما قرئت أخيرا روت قصة أخرى غير تلك التي كان الجميع يعرفها. يتتبع هذا التقرير الأوراق في ثلاثة محفوظات ويبين ما تقوله عن
تكلفة الأعمال وعن الذين دفعوها في نهاية الأمر.`
