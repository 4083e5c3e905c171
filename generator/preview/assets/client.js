console.log("preview")
