// Opens SealedSecrets as the controller does: reads a JSON object from standard input, and writes a line of JSON for each SealedSecret.
package main

import (
	"crypto/rsa"
	"encoding/json"
	"log"
	"os"

	"github.com/bitnami/sealed-secrets/pkg/apis/sealedsecrets/v1alpha1"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/util/keyutil"
)

func main() {
	var question struct {
		Key           string
		SealedSecrets []v1alpha1.SealedSecret
	}
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		log.Fatal(err)
	}
	key, err := keyutil.ParsePrivateKeyPEM([]byte(question.Key))
	if err != nil {
		log.Fatal(err)
	}
	keys := map[string]*rsa.PrivateKey{"key": key.(*rsa.PrivateKey)}
	answers := json.NewEncoder(os.Stdout)
	for _, sealed := range question.SealedSecrets {
		secret, err := sealed.Unseal(scheme.Codecs, keys)
		if err != nil {
			answers.Encode(map[string]string{"error": err.Error()})
			continue
		}
		answers.Encode(secret)
	}
}
