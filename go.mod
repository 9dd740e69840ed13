module github.com/greyshelf/greyshelf

go 1.26
