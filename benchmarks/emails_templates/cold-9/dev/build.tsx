export default function Mail({ repo, testCount }) { return <Html><Text>{testCount} tests failed in {repo}. Result: red.</Text></Html> }
