// Renders templates as External Secrets does: reads a JSON object from standard input, and writes a line of JSON for each template.
package main

import (
	"encoding/json"
	"log"
	"os"

	v1 "github.com/external-secrets/external-secrets/apis/externalsecrets/v1"
	template "github.com/external-secrets/external-secrets/pkg/template/v2"
	corev1 "k8s.io/api/core/v1"
)

func main() {
	var question struct {
		Templates []map[string]string
		Values    map[string]string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		log.Fatal(err)
	}
	answers := json.NewEncoder(os.Stdout)
	for _, data := range question.Templates {
		secret := &corev1.Secret{Data: map[string][]byte{}}
		if err := template.Execute(bytes(data), bytes(question.Values), v1.TemplateScopeValues, v1.TemplateTargetData, secret); err != nil {
			answers.Encode(map[string]string{"error": err.Error()})
			continue
		}
		answers.Encode(secret)
	}
}

func bytes(texts map[string]string) map[string][]byte {
	values := map[string][]byte{}
	for key, text := range texts {
		values[key] = []byte(text)
	}
	return values
}
