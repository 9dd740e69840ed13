package digest

import "fmt"

// emu is a point in the units of drawings (ECMA-376 part 1 §20.1.2.1).
const emu = 12700

// picture gives a drawing that stands at the left of what follows, with text
// beside it (§20.4.2.3); "" without a picture. It is decoration, so it says so
// to who cannot see it.
func (x *docx) picture(data []byte, height float64) string {
	if data == nil {
		return ""
	}
	x.pictures = append(x.pictures, data)
	n := len(x.pictures)
	cx, cy := int(pictureShown*emu), int(height*emu)
	return fmt.Sprintf(`<w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="76200" distL="0" distR="152400" simplePos="0" relativeHeight="%[1]d" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">`+
		`<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>left</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>38100</wp:posOffset></wp:positionV>`+
		`<wp:extent cx="%[2]d" cy="%[3]d"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="%[1]d" name="Picture %[1]d" descr=""/>`+
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:nvPicPr><pic:cNvPr id="%[1]d" name="p%[1]d.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p%[1]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[2]d" cy="%[3]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="888888"/></a:solidFill></a:ln></pic:spPr>`+
		`</pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>`, n, cx, cy)
}
